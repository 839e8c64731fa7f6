// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/explore/inspector_dock.h"

#include <QEvent>
#include <QTextBrowser>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

#include "app/session/inspector_html.h"
#include "app/session/labels.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "app/session/what_if_text.h"
#include "core/base/escaping.h"

namespace pimento {

InspectorDock::InspectorDock(Session &session, QWidget *parent)
    : QDockWidget(QStringLiteral("Inspector"), parent),
      m_session(session),
      m_text(new QTextBrowser),
      m_pin(new QToolButton) {
  setObjectName(QStringLiteral("inspectorDock"));
  m_text->setObjectName(QStringLiteral("inspectorText"));
  m_text->setAccessibleName(QStringLiteral("Inspector"));
  m_text->setOpenLinks(false);
  m_text->setFrameShape(QFrame::NoFrame);
  m_text->setMinimumWidth(fontMetrics().averageCharWidth() * 24);
  m_pin->setObjectName(QStringLiteral("inspectorPin"));
  m_pin->setCheckable(true);
  m_pin->setToolTip(QStringLiteral("Put the design beside others in Compare (Space in the chart)"));
  connect(m_pin, &QToolButton::clicked, this, [this] {
    if (const auto row = m_session.selected()) m_session.togglePin(*row);
  });
  connect(m_text, &QTextBrowser::anchorClicked, this, &InspectorDock::follow);
  connect(&session, &Session::selectionChanged, this, &InspectorDock::reload);
  connect(&session, &Session::viewChanged, this, &InspectorDock::reloadIfSeen);
  connect(&session, &Session::pinsChanged, this, &InspectorDock::reload);
  connect(&session, &Session::whatIfChanged, this, &InspectorDock::reloadIfSeen);
  connect(this, &QDockWidget::visibilityChanged, this, [this](bool seen) {
    if (seen && m_stale) reload();
  });
  auto *content = new QWidget;
  auto *column = new QVBoxLayout(content);
  column->setContentsMargins(4, 4, 4, 4);
  column->addWidget(m_pin, 0, Qt::AlignLeft);
  column->addWidget(m_text, 1);
  setWidget(content);
  reload();
}

void InspectorDock::changeEvent(QEvent *event) {
  QDockWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) reload();
}

void InspectorDock::reloadIfSeen() {
  m_stale = true;
  if (!visibleRegion().isEmpty()) reload();
}

namespace {

// What is to be said of a selected design beside its own facts.
QString noteOf(const Session &session, std::uint32_t row) {
  const auto rows = session.rows();
  if (std::find(rows.begin(), rows.end(), row) != rows.end()) return whatIfOf(session, row);
  return QStringLiteral("The filters leave this design out of view.");
}

}  // namespace

void InspectorDock::reload() {
  m_stale = false;
  const auto row = m_session.selected();
  const bool pinned = row && m_session.isPinned(*row);
  m_pin->setVisible(row.has_value());
  m_pin->setChecked(pinned);
  m_pin->setText(pinned ? QStringLiteral("Unpin from Compare") : QStringLiteral("Pin to Compare"));
  m_text->setHtml(
      row ? inspectorHtml(m_session.table(), *row, m_session.view().corrections, noteOf(m_session, *row), palette())
      : m_session.isOpen() && m_session.rows().empty()
          ? QStringLiteral("<p>%1</p>").arg(htmlEscaped(noDesignText(m_session)))
          : QStringLiteral("<p>Choose a design: click a point of the chart, a row of the table or a "
                           "variant in the tree.</p>"));
}

void InspectorDock::follow(const QUrl &link) {
  const QString id = link.path();
  ViewState view = m_session.view();
  const bool applied = view.corrections.erase(id) > 0;
  if (!applied) view.corrections.insert(id);
  m_session.change((applied ? QStringLiteral("Show as printed: %1") : QStringLiteral("Correct: %1")).arg(id), view);
}

QString InspectorDock::text() const { return m_text->toPlainText(); }

}  // namespace pimento
