// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/explore/layers_page.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include "app/session/breakdowns.h"
#include "app/session/figures.h"
#include "app/session/labels.h"
#include "app/session/report_model.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "app/window/controls/scrolling.h"
#include "core/hardware/report/estimate_report.h"
#include "widgets/bar_chart.h"

namespace pimento {

LayersPage::LayersPage(Session &session, QWidget *parent)
    : Page(parent),
      m_session(session),
      m_picker(new QComboBox),
      m_where(new QLabel),
      m_chart(new BarChart),
      m_model(new ReportModel(this)),
      m_table(new QTableView) {
  setObjectName(QStringLiteral("layersPage"));
  m_picker->setObjectName(QStringLiteral("layerPicker"));
  m_picker->setAccessibleName(QStringLiteral("What to show of each layer"));
  for (int i = 0; i < LayerMetricCount; ++i) m_picker->addItem(layerMetricTitle(static_cast<LayerMetric>(i)));
  m_chart->setObjectName(QStringLiteral("layerChart"));
  m_chart->setAccessibleName(QStringLiteral("Layer chart; the table below lists the same layers"));
  m_table->setObjectName(QStringLiteral("layerTable"));
  m_table->setAccessibleName(QStringLiteral("Layers"));
  m_table->setModel(m_model);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setAlternatingRowColors(true);
  m_table->setTabKeyNavigation(false);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
  auto *both = new QSplitter(Qt::Vertical);
  both->addWidget(scrolling(m_chart));
  both->addWidget(m_table);
  both->setStretchFactor(0, 3);
  both->setStretchFactor(1, 1);
  m_where->setObjectName(QStringLiteral("layersWhere"));
  m_where->setWordWrap(true);
  auto *label = new QLabel(QStringLiteral("&Show"));
  label->setBuddy(m_picker);
  auto *row = new QHBoxLayout;
  row->addWidget(label);
  row->addWidget(m_picker);
  row->addWidget(m_where, 1);
  auto *column = new QVBoxLayout(this);
  column->addLayout(row);
  column->addWidget(both, 1);
  connect(m_picker, &QComboBox::currentIndexChanged, this, &LayersPage::refresh);
  connect(m_chart, &BarChart::barSelected, this, &LayersPage::showRowOf);
  connect(&session, &Session::viewChanged, this, &LayersPage::invalidate);
  connect(&session, &Session::selectionChanged, this, &LayersPage::invalidate);
  connect(&session, &Session::whatIfChanged, this, &LayersPage::invalidate);
}

// The estimates are of the accelerator at hand, whatever platform the selected design is on.
QString LayersPage::where() const {
  const auto subject = subjectOf(m_session);
  if (!subject) return {};
  const QString name = subjectAccelerator(m_session, subject->network.name).changed.name;
  QString text = QStringLiteral("Estimated on %1 at %2:%3 bits.")
                     .arg(platformTitle(name))
                     .arg(subject->bits.weights)
                     .arg(subject->bits.activations);
  const auto selected = m_session.selected();
  const DesignTable &table = m_session.table();
  if (selected && table.key(*selected).reference)
    text += QStringLiteral(" The selected design is on %1, a reference.")
                .arg(platformTitle(table.name(table.key(*selected).platform)));
  return text;
}

void LayersPage::refresh() {
  m_where->setText(where());
  m_chart->setData(layerValues(m_session, static_cast<LayerMetric>(m_picker->currentIndex())));
  m_model->setReport(report());
  for (int column = 0; column < m_model->columnCount(); ++column) {
    const QString name = m_model->report().columns[column];  // the same in every row: told by the chart's title
    m_table->setColumnHidden(column, name == QStringLiteral("network") || name == QStringLiteral("variant") ||
                                         name == QStringLiteral("bits"));
  }
  m_table->resizeColumnsToContents();
}

void LayersPage::showRowOf(std::size_t bar) {
  const QString layer = m_chart->figure().data().bars[bar].name;
  const int column = static_cast<int>(m_model->report().columns.indexOf(QStringLiteral("layer")));
  if (column < 0) return;
  const auto found = m_model->match(m_model->index(0, column), Qt::DisplayRole, layer, 1, Qt::MatchExactly);
  if (found.isEmpty()) return;
  m_table->setCurrentIndex(found.front());
  m_table->scrollTo(found.front());
}

std::unique_ptr<Figure> LayersPage::figure() const {
  return withSubjectNotes(m_session, std::make_unique<BarFigure>(
                                         layerValues(m_session, static_cast<LayerMetric>(m_picker->currentIndex()))));
}

ReportTable LayersPage::report() const {
  const auto subject = subjectOf(m_session);
  if (!subject) return {};
  return layerReport(subject->network, subject->variant, subjectAccelerator(m_session, subject->network.name).changed,
                     subject->bits, subject->part);
}

}  // namespace pimento
