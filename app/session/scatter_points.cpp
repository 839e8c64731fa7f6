// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/scatter_points.h"

#include <QSet>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "app/session/budget_answer.h"
#include "app/session/family_hues.h"
#include "app/session/labels.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "app/session/takeaway.h"
#include "core/base/escaping.h"
#include "core/base/format.h"
#include "core/base/warning_level.h"
#include "core/base/wilson.h"
#include "core/data/dataset.h"
#include "core/published/audit.h"

namespace pimento {

namespace {

constexpr std::size_t MostWhiskers = 200;  // more would hide the points

PointRole referenceRole(const DesignTable &table, std::uint32_t row) {
  return table.name(table.key(row).platform).contains(QStringLiteral("gpu")) ? PointRole::GpuReference
                                                                             : PointRole::DigitalReference;
}

// Looks of points, each once, and what decides them.
class Styles {
 public:
  Styles(const Session &session, const Plane &plane, ScatterData &data)
      : m_session(session), m_plane(plane), m_data(data) {
    for (const Correction &correction : corrections()) m_badges << correction.badge;
    for (const std::uint32_t row :
         contenders(session.table(), session.rows(), plane.objectives, InvalidDesigns::TakePart))
      m_roles[row] = PointRole::Dominated;
    if (session.view().invalid == InvalidDesigns::LeftOut)
      for (const std::uint32_t row : invalidContenders(session.table(), session.rows(), plane.objectives))
        m_roles[row] = PointRole::LeftOut;
    if (!session.view().budgets.empty()) markOverBudget();
    for (const std::uint32_t row : plane.front) m_roles[row] = PointRole::Design;
    data.hueNames = m_hues.names();
  }

  std::uint16_t styleOf(std::uint32_t row) {
    const DesignTable &table = m_session.table();
    const auto x = table.at(row, m_plane.x);
    const auto y = table.at(row, m_plane.y);
    if (!x || !y) return 0;  // nothing is drawn, so it must not stand in the legend
    PointStyle style;
    style.kind = weakest(x->from->kind, y->from->kind);
    style.hue = m_hues.of(table.key(row).network);
    style.validity = table.validity(row);
    style.role = table.key(row).reference ? referenceRole(table, row) : m_roles[row];
    style.warning = contradicted(x->from) || contradicted(y->from);
    style.corrected = x->from->corrected || y->from->corrected;
    const auto known = std::find(m_data.styles.begin(), m_data.styles.end(), style);
    const auto index = static_cast<std::uint16_t>(known - m_data.styles.begin());
    if (known == m_data.styles.end()) m_data.styles.push_back(style);
    return index;
  }

 private:
  void markOverBudget() {
    std::vector<bool> within(m_session.table().size(), false);
    for (const std::uint32_t row : m_session.competing()) within[row] = true;
    for (const std::uint32_t row : m_session.rows())
      if (!within[row]) m_roles[row] = PointRole::OverBudget;
  }

  // Only warnings that a correction answers and has not answered yet are marked: some remark or other stands beside
  // most published values.
  bool contradicted(const Provenance *from) {
    const auto known = m_contradicted.constFind(from);
    if (known != m_contradicted.constEnd()) return *known;
    const bool found = std::any_of(from->warnings.begin(), from->warnings.end(), [this](const QString &warning) {
      return levelOf(warning) != WarningLevel::Note && m_badges.contains(badgeOf(warning));
    });
    m_contradicted.insert(from, found);
    return found;
  }

  const Session &m_session;
  const Plane &m_plane;
  ScatterData &m_data;
  std::vector<PointRole> m_roles = std::vector<PointRole>(m_session.table().size(), PointRole::Design);
  QStringList m_badges;
  FamilyHues m_hues{m_session.table()};
  QHash<const Provenance *, bool> m_contradicted;
};

// A staircase, an ideal point and a hypervolume belong to the plane of the axes: there are none if other metrics
// compete.
bool axesCompete(const Plane &plane) {
  const std::vector<Objective> axes{objective(plane.x), objective(plane.y)};
  return plane.objectives.size() == 2 && plane.x != plane.y &&
         std::is_permutation(axes.begin(), axes.end(), plane.objectives.begin());
}

void addFront(const Session &session, const Plane &plane, ScatterData &data) {
  if (!axesCompete(plane)) return;
  std::vector<std::uint32_t> points(session.table().size());
  for (std::uint32_t i = 0; i < session.rows().size(); ++i) points[session.rows()[i]] = i;
  for (const std::uint32_t row : plane.front) data.front.push_back(points[row]);
  const std::vector<Objective> axes{objective(plane.x), objective(plane.y)};
  const auto taking = contenders(session.table(), session.rows(), axes, session.view().invalid);
  if (taking.empty()) return;
  const auto reference = defaultReference(session.table(), taking, axes);
  data.hypervolumeReference = QPointF(reference[0], reference[1]);
}

void addWhiskers(const Session &session, const Plane &plane, ScatterData &data) {
  if (plane.y != Metric::Accuracy || session.rows().size() > MostWhiskers) return;
  QStringList sizes;
  for (std::uint32_t i = 0; i < session.rows().size(); ++i) {
    const std::uint32_t row = session.rows()[i];
    const DesignKey &key = session.table().key(row);
    const auto accuracy = session.table().at(row, Metric::Accuracy);
    // A reference has the accuracy of the design that it stands beside.
    if (!accuracy || key.reference || accuracy->from->kind == Kind::Estimated) continue;
    const KnownSet *set = findSet(session.table().name(key.dataset));
    const int images = accuracy->from->images > 0 ? accuracy->from->images : set != nullptr ? set->testImages : 0;
    if (images == 0) continue;
    data.whiskers.push_back({i, accuracyInterval(accuracy->value, images)});
    const QString size = grouped(images);
    if (!sizes.contains(size)) sizes << size;
  }
  data.whiskerNote = QStringLiteral("95 % interval from n = %1").arg(sizes.join(QStringLiteral(" or ")));
}

QString chartTitle(const Session &session, const Plane &plane) {
  const ViewState &view = session.view();
  const QString datasets =
      view.filter.datasets.isEmpty() ? QStringLiteral("all data sets")
      : view.filter.datasetless == Datasetless::Shown
          ? QStringLiteral("%1 and what names no data set").arg(datasetTitle(view.filter.datasets.front()))
          : datasetTitle(view.filter.datasets.front());
  return QStringLiteral("%1 against %2, %3, %4")
      .arg(metricTitle(plane.y), metricTitle(plane.x).toLower(), datasets, scopeTitle(view.scope()).toLower());
}

QString emptyText(const Session &session, const Plane &plane) {
  QStringList missing;
  for (const Metric metric : {plane.x, plane.y}) {
    const auto values = session.table().column(metric);
    const bool any = std::any_of(session.rows().begin(), session.rows().end(),
                                 [&](std::uint32_t row) { return !std::isnan(values[row]); });
    if (!any) missing << metricTitle(metric).toLower();
  }
  if (session.rows().empty()) return noDesignText(session);
  if (missing.isEmpty()) return QStringLiteral("No design of this view has values for both axes.");
  return QStringLiteral("n/a - no design of this view has a value for %1.").arg(missing.join(QStringLiteral(" or ")));
}

QString pointTooltip(const Session &session, std::uint32_t row, Metric x, Metric y) {
  const DesignTable &table = session.table();
  QString text = QStringLiteral("<b>%1</b><br>%2")
                     .arg(htmlEscaped(designName(table, row)), htmlEscaped(designSetting(table, row)));
  for (const Metric metric : {x, y})
    if (const auto value = table.at(row, metric))
      text += QStringLiteral("<br>%1: %2 (%3)")
                  .arg(metricTitle(metric), valueText(table, row, metric), kindName(value->from->kind));
  if (const QString validity = validityNote(table, row); !validity.isEmpty())
    text += QStringLiteral("<br><b>%1</b>").arg(htmlEscaped(validity));
  return text;
}

// The precisions of the designs in view that are no references: where there are several, labels name them.
std::size_t precisionsOf(const Session &session) {
  std::set<std::pair<int, int>> precisions;
  for (const std::uint32_t row : session.rows())
    if (const DesignKey &key = session.table().key(row); key.bitsWeights != 0 && !key.reference)
      precisions.insert({key.bitsWeights, key.bitsActivations});
  return precisions.size();
}

// The accelerators that estimates of the view are made for: where there are several, labels name them.
QSet<NameId> estimatedOn(const Session &session) {
  QSet<NameId> platforms;
  for (const std::uint32_t row : session.rows())
    if (const DesignKey &key = session.table().key(row); key.profileHash != 0 && !key.reference)
      platforms.insert(key.platform);
  return platforms;
}

// What tells a design from others of its name in view: its bits where there are several, its accelerator likewise.
QString labelText(const Session &session, std::uint32_t row, Bits bits, const QSet<NameId> &accelerators,
                  bool bitsTold) {
  QStringList parts{shortDesignName(session.table(), row)};
  if (bitsTold && bits.weights != 0) parts << QStringLiteral("%1:%2").arg(bits.weights).arg(bits.activations);
  const NameId platform = session.table().key(row).platform;
  if (accelerators.size() > 1 && accelerators.contains(platform))
    parts << platformTitle(session.table().name(platform));
  return parts.join(QStringLiteral(" · "));
}

// From each design to where the what-if takes it; none where an axis does not change with the accelerator and the other
// has no value.
std::vector<ScatterArrow> whatIfArrows(const Session &session, const Plane &plane) {
  const DesignTable &table = session.table();
  std::vector<ScatterArrow> arrows;
  if (session.whatIf().designs.empty()) return arrows;
  const FamilyHues hues(table);
  const auto &supposed = session.view().whatIfBits;
  const QSet<NameId> accelerators = estimatedOn(session);
  const bool bitsTold = supposed || precisionsOf(session) > 1;
  for (const ChangedDesign &design : session.whatIf().designs) {
    const auto x = table.at(design.row, plane.x);
    const auto y = table.at(design.row, plane.y);
    if (!x || !y) continue;
    const QPointF from(x->value, y->value);
    const QPointF to(design.at(plane.x).value_or(x->value), design.at(plane.y).value_or(y->value));
    if (from == to) continue;
    const DesignKey &key = table.key(design.row);
    const Bits bits = supposed.value_or(Bits{key.bitsWeights, key.bitsActivations});
    const QString name = labelText(session, design.row, bits, accelerators, bitsTold);
    arrows.push_back({from, to, hues.of(key.network), name, design.judgement.validity});
  }
  return arrows;
}

}  // namespace

Plane axesPlane(const Session &session) {
  const ViewState &view = session.view();
  return {view.x, view.y, view.objectives, {session.front().begin(), session.front().end()}};
}

Plane memoryPlane(const Session &session) {
  const std::vector<Objective> objectives{objective(Metric::Memory), objective(Metric::Accuracy)};
  return {Metric::Memory, Metric::Accuracy, objectives,
          nonDominated(session.table(), session.competing(), objectives, session.view().invalid)};
}

ParetoData paretoData(const Session &session, const Plane &plane) {
  const DesignTable &table = session.table();
  auto data = std::make_shared<ScatterData>();
  data->xAxis = axisSpec(plane.x);
  data->yAxis = axisSpec(plane.y);
  data->styles.clear();
  Styles styles(session, plane, *data);
  const auto xs = table.column(plane.x);
  const auto ys = table.column(plane.y);
  data->x.reserve(session.rows().size());
  data->y.reserve(session.rows().size());
  data->style.reserve(session.rows().size());
  for (const std::uint32_t row : session.rows()) {
    data->x.push_back(xs[row]);
    data->y.push_back(ys[row]);
    data->style.push_back(styles.styleOf(row));
  }
  if (data->styles.empty()) data->styles.push_back({});
  addFront(session, plane, *data);
  addWhiskers(session, plane, *data);
  const auto limitOf = [&](Metric metric) {
    const auto budget = session.view().budgets.find(metric);
    return budget == session.view().budgets.end() ? std::nullopt : std::optional(budget->second);
  };
  data->xLimit = limitOf(plane.x);
  data->yLimit = limitOf(plane.y);
  data->isoEdp = (plane.x == Metric::Energy && plane.y == Metric::Latency) ||
                 (plane.x == Metric::Latency && plane.y == Metric::Energy);
  // The chart may ask after the view has gone on.
  const auto rows = std::make_shared<const std::vector<std::uint32_t>>(session.rows().begin(), session.rows().end());
  data->label = [&session, rows, accelerators = estimatedOn(session),
                 precisions = precisionsOf(session)](std::uint32_t point) {
    const std::uint32_t row = (*rows)[point];
    if (row >= session.table().size()) return QString();
    const DesignKey &key = session.table().key(row);
    return labelText(session, row, {key.bitsWeights, key.bitsActivations}, accelerators, precisions > 1);
  };
  data->tooltip = [&session, rows, x = plane.x, y = plane.y](std::uint32_t point) {
    const std::uint32_t row = (*rows)[point];
    return row < session.table().size() ? pointTooltip(session, row, x, y) : QString();
  };
  return {chartTitle(session, plane), takeaway(session, plane), emptyText(session, plane), std::move(data)};
}

ScatterMarks scatterMarks(const Session &session, const Plane &plane) {
  const auto pointOf = [&](std::uint32_t row) -> std::optional<std::uint32_t> {
    const auto found = std::find(session.rows().begin(), session.rows().end(), row);
    if (found == session.rows().end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - session.rows().begin());
  };
  ScatterMarks marks;
  if (session.selected()) marks.selected = pointOf(*session.selected());
  for (const std::uint32_t row : session.pinnedRows())
    if (const auto point = pointOf(row)) marks.pins.push_back(*point);
  if (!session.view().budgets.empty())
    if (const auto best = answerBudget(session).best) marks.answer = pointOf(*best);
  marks.arrows = whatIfArrows(session, plane);
  return marks;
}

}  // namespace pimento
