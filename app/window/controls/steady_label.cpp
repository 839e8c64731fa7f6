// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/controls/steady_label.h"

#include <QEvent>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

#include "core/base/escaping.h"
#include "widgets/plain_text.h"

namespace pimento {

namespace {

constexpr char16_t Ellipsis = u'\u2026';  // as elidedText() ends

// Where the lines of a text begin when it is broken at a width.
std::vector<int> lineStarts(const QString &text, const QFont &font, int width) {
  QTextLayout layout(text, font);
  std::vector<int> starts;
  layout.beginLayout();
  for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
    line.setLineWidth(width);
    starts.push_back(line.textStart());
  }
  layout.endLayout();
  return starts;
}

// The first characters of a document with the links among them.
QString beginningOf(const QTextDocument &document, int length) {
  QString html;
  for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
    if (block.position() > 0 && block.position() < length) html += QStringLiteral("<br>");
    for (auto it = block.begin(); !it.atEnd(); ++it) {
      const QTextFragment fragment = it.fragment();
      const QString text = htmlEscaped(fragment.text().left(std::max(0, length - fragment.position())));
      const QString link = fragment.charFormat().anchorHref();
      if (text.isEmpty()) break;
      html += link.isEmpty() ? text : QStringLiteral("<a href=\"%1\">%2</a>").arg(htmlEscaped(link), text);
    }
  }
  return html;
}

}  // namespace

SteadyLabel::SteadyLabel(int lines, QWidget *parent) : QLabel(parent), m_lines(lines) {
  setWordWrap(true);
  setAlignment(Qt::AlignTop | Qt::AlignLeft);
  setTextInteractionFlags(Qt::TextBrowserInteraction);
  setFocusPolicy(Qt::ClickFocus);
  QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  policy.setRetainSizeWhenHidden(true);
  setSizePolicy(policy);
  fit();
}

void SteadyLabel::setText(const QString &text) {
  if (text == m_text) return;
  m_text = text;
  fit();
}

void SteadyLabel::setLines(int lines) {
  if (lines == m_lines) return;
  m_lines = lines;
  fit();
}

void SteadyLabel::setHint(const QString &hint) {
  m_hint = hint;
  fit();
}

void SteadyLabel::fit() {
  const QString &said = m_text.isEmpty() ? m_hint : m_text;
  setForegroundRole(m_text.isEmpty() ? QPalette::PlaceholderText : QPalette::WindowText);
  setFixedHeight(fontMetrics().lineSpacing() * m_lines + 2 * margin());
  const bool rich = textFormat() == Qt::RichText || (textFormat() == Qt::AutoText && Qt::mightBeRichText(said));
  QTextDocument document;
  if (rich) document.setHtml(said);
  const QString plain = rich ? document.toPlainText() : said;
  const int width = std::max(1, contentsRect().width());
  const std::vector<int> starts = lineStarts(plain, font(), width);
  const bool cut = std::ssize(starts) > m_lines;
  setAccessibleDescription(plain);
  setToolTip(cut ? plainTip(plain) : QString());
  if (!cut) return QLabel::setText(said);
  const int last = starts[static_cast<std::size_t>(m_lines) - 1];
  const QString end = fontMetrics().elidedText(plain.mid(last), Qt::ElideRight, width);
  QLabel::setText(rich ? beginningOf(document, last + static_cast<int>(end.size()) - 1) + QChar(Ellipsis)
                       : plain.left(last) + end);
}

void SteadyLabel::resizeEvent(QResizeEvent *event) {
  QLabel::resizeEvent(event);
  fit();
}

void SteadyLabel::changeEvent(QEvent *event) {
  QLabel::changeEvent(event);
  if (event->type() == QEvent::FontChange) fit();
}

}  // namespace pimento
