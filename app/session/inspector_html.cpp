// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/inspector_html.h"

#include "app/session/inspector_lines.h"
#include "app/session/labels.h"
#include "core/base/escaping.h"
#include "core/base/warning_level.h"
#include "core/explore/design_report.h"
#include "core/published/audit.h"
#include "widgets/figures/theme.h"

namespace pimento {

namespace {

QString span(const QString &text, const QString &colour) {
  return QStringLiteral("<span style=\"color:%1\">%2</span>").arg(colour, htmlEscaped(text));
}

struct Inks {
  QString faint;
  QString warning;
};

Inks inks(const QPalette &palette) {
  return {palette.color(QPalette::PlaceholderText).name(),
          isDark(palette) ? QStringLiteral("#E69F00") : QStringLiteral("#994F00")};
}

// Its level by a sign and a word, not by colour alone: "⚠ Caution: …".
QString warningHtml(const QString &warning, const Inks &ink) {
  const WarningLevel level = levelOf(warning);
  const QString name = levelName(level);
  return span(
      QStringLiteral("%1 %2: %3").arg(levelGlyph(level), name.at(0).toUpper() + name.mid(1), withoutLevel(warning)),
      level == WarningLevel::Note ? ink.faint : ink.warning);
}

// Title and value on one line; below it, smaller, how the value came to be.
QString lineHtml(const InspectorLine &line, const Inks &ink) {
  const QString title = htmlEscaped(metricTitle(line.metric));
  const QString value = htmlEscaped(line.value);
  if (!line.kind)
    return QStringLiteral("<tr><td>%1</td><td align=\"right\">%2</td></tr>").arg(title, span(line.value, ink.faint));
  QString notes = kindGlyph(*line.kind) + QLatin1Char(' ') + kindName(*line.kind);
  if (!line.formula.isEmpty()) notes += QStringLiteral(": ") + line.formula;
  QString html = QStringLiteral(
                     "<tr><td>%1</td><td align=\"right\"><b>%2</b></td></tr>"
                     "<tr><td colspan=\"2\" style=\"padding-bottom:8px\"><small>%3<br>%4")
                     .arg(title, value, htmlEscaped(notes), span(line.source, ink.faint));
  if (line.corrected)
    html += QStringLiteral("<br>") + span(CorrectedMark + QLatin1Char(' ') + CorrectedMeans, ink.warning);
  for (const QString &warning : line.warnings) html += QStringLiteral("<br>") + warningHtml(warning, ink);
  return html + QStringLiteral("</small></td></tr>");
}

QString correctionHtml(const Correction &correction, const CorrectionSet &applied, const Inks &ink) {
  const bool on = applied.contains(correction.id);
  return QStringLiteral("<p style=\"margin-bottom:12px\">%1<br><small>%2</small><br><a href=\"correct:%3\">%4</a></p>")
      .arg(span(QStringLiteral("⚠ ") + correction.title, ink.warning), htmlEscaped(correction.explanation),
           htmlEscaped(correction.id),
           on ? QStringLiteral("Corrected. Show the printed value") : QStringLiteral("Use the corrected value"));
}

}  // namespace

std::vector<Correction> correctionsFor(const DesignTable &table, std::uint32_t row) {
  const QStringList warnings = warningsOf(table, row);
  std::vector<Correction> found;
  for (const Correction &correction : corrections()) {
    for (const QString &warning : warnings)
      if (badgeOf(warning) == correction.badge) {
        found.push_back(correction);
        break;
      }
  }
  return found;
}

QString inspectorHtml(const DesignTable &table, std::uint32_t row, const CorrectionSet &applied, const QString &note,
                      const QPalette &palette) {
  const Inks ink = inks(palette);
  QString html = QStringLiteral("<h3>%1</h3><p>%2</p>")
                     .arg(htmlEscaped(designName(table, row)), span(designSetting(table, row), ink.faint));
  if (const QString validity = validityNote(table, row); !validity.isEmpty())
    html += QStringLiteral("<p><b>%1</b></p>").arg(span(validity, ink.warning));
  if (!note.isEmpty()) html += QStringLiteral("<p><b>%1</b></p>").arg(htmlEscaped(note));
  for (const Correction &correction : correctionsFor(table, row)) html += correctionHtml(correction, applied, ink);
  html += QStringLiteral("<table width=\"100%\" style=\"margin-top:10px\" cellspacing=\"0\" cellpadding=\"1\">");
  for (const InspectorLine &line : inspectorLines(table, row)) html += lineHtml(line, ink);
  html += QStringLiteral("</table><p><small>%1</small></p>").arg(span(table.id(row), ink.faint));
  return html;
}

}  // namespace pimento
