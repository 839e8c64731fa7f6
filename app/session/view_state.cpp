// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/view_state.h"

#include <QJsonArray>
#include <algorithm>
#include <cmath>

#include "app/session/labels.h"
#include "core/base/error.h"
#include "core/hardware/profile/parameter_changes.h"
#include "core/hardware/profile/parameters.h"

namespace pimento {

namespace {

const QString EstimatesKey = QStringLiteral("without_dataset");
const QString ZoomKey = QStringLiteral("zoom");
const QString SortKey = QStringLiteral("sort");
const QString InvalidKey = QStringLiteral("include_invalid");
const QString WhatIfKey = QStringLiteral("what_if");
const QString BitsKey = QStringLiteral("what_if_bits");

QStringList strings(const QJsonValue &value) {
  QStringList list;
  for (const QJsonValue entry : value.toArray())
    if (entry.isString()) list << entry.toString();
  return list;
}

Metric metricOr(const QJsonValue &value, Metric fallback) { return metricFromKey(value.toString()).value_or(fallback); }

std::vector<Objective> objectivesOr(const QJsonValue &value, std::vector<Objective> fallback) try {
  return parseObjectives(strings(value).join(QLatin1Char(',')), QStringLiteral("objectives"));
} catch (const Error &) {
  return fallback;
}

// A budget is the most of what should be small and the least of what should be large.
QString budgetKey(Metric metric) {
  return (info(metric).sense == Sense::Minimise ? QStringLiteral("max_") : QStringLiteral("least_")) +
         metricKey(metric);
}

QJsonObject filtersJson(const ViewState &view) {
  QJsonObject filters;
  const auto list = [&](const QString &key, const QStringList &names) {
    if (!names.isEmpty()) filters[key] = QJsonArray::fromStringList(names);
  };
  list(QStringLiteral("dataset"), view.filter.datasets);
  list(QStringLiteral("training"), view.filter.modularTrainings);
  list(QStringLiteral("network"), view.filter.networks);
  if (view.filter.datasetless == Datasetless::Shown) filters[EstimatesKey] = true;
  for (const auto &[metric, limit] : view.budgets) filters[budgetKey(metric)] = limit;
  return filters;
}

void readFilters(const QJsonObject &filters, ViewState &view) {
  view.filter.datasets = strings(filters[QStringLiteral("dataset")]);
  if (filters[EstimatesKey].toBool()) view.filter.datasetless = Datasetless::Shown;
  view.filter.modularTrainings = strings(filters[QStringLiteral("training")]);
  view.filter.networks = strings(filters[QStringLiteral("network")]);
  for (const MetricInfo &m : allMetrics())
    if (const QJsonValue limit = filters[budgetKey(m.metric)]; limit.isDouble() && std::isfinite(limit.toDouble()))
      view.budgets[m.metric] = limit.toDouble();
}

void readZoom(const QJsonArray &ends, ViewState &view) {
  if (ends.size() != 4) return;
  const Zoom zoom{ends[0].toDouble(), ends[1].toDouble(), ends[2].toDouble(), ends[3].toDouble()};
  if (zoom.xLow < zoom.xHigh && zoom.yLow < zoom.yHigh) view.zoom = zoom;
}

void readSort(const QString &text, ViewState &view) {
  const QStringList words = text.split(QLatin1Char(' '));
  if (const auto metric = metricFromKey(words.front()))
    view.sort = SortBy{*metric, words.size() > 1 ? Order::Descending : Order::Ascending};
}

QJsonObject whatIfJson(const ParameterChanges &changes) {
  QJsonObject json;
  for (const auto &[key, value] : changes) {
    const Parameter &p = requireParameter(key, QStringLiteral("what_if"));
    json[key] = p.words.empty() && value != LetGo ? QJsonValue(value) : QJsonValue(changeText(p, value));
  }
  return json;
}

// A parameter that this program does not know, or a value out of its range, is left out.
void readWhatIf(const QJsonObject &json, ViewState &view) {
  for (const Parameter &p : parameters()) {
    const QString key = QString::fromLatin1(p.key);
    const QJsonValue value = json[key];
    if (!value.isDouble() && !value.isString()) continue;
    try {
      Accelerator checked;
      const bool lets = p.release && value.toString() == QLatin1String(Follow);
      if (p.words.empty() && !lets)
        setParameter(checked, p, value.toDouble(std::nan("")), key);
      else
        setParameter(checked, key + QLatin1Char('=') + value.toString(), key);
      view.whatIf[key] = lets ? LetGo : p.get(checked);
    } catch (const Error &) {
    }
  }
}

// Projects from before there was a word for it kept objectives that differ from the axes because someone chose them.
bool readByHand(const QJsonObject &json, const ViewState &view) {
  const QJsonValue said = json[QStringLiteral("objectives_by_hand")];
  if (said.isBool()) return said.toBool();
  const std::vector<Objective> axes = objectivesOfAxes(view);
  return !std::is_permutation(axes.begin(), axes.end(), view.objectives.begin(), view.objectives.end());
}

void readWhatIfBits(const QString &text, ViewState &view) {
  if (text.isEmpty()) return;
  try {
    const Bits bits = parseBits(text, BitsKey);
    if (bits.weights <= MostWhatIfBits && bits.activations <= MostWhatIfBits) view.whatIfBits = bits;
  } catch (const Error &) {
  }
}

}  // namespace

std::vector<Objective> objectivesOfAxes(const ViewState &view) {
  const Metric beside = view.x == Metric::Accuracy ? Metric::Energy : Metric::Accuracy;
  return {objective(view.x), objective(view.x == view.y ? beside : view.y)};
}

void setAxes(ViewState &view, Metric x, Metric y) {
  view.x = x;
  view.y = y;
  if (!view.objectivesByHand) view.objectives = objectivesOfAxes(view);
}

QStringList optionalViewKeys() { return {ZoomKey, SortKey, InvalidKey, WhatIfKey, BitsKey}; }

QJsonObject toJson(const ViewState &view) {
  QStringList objectives;
  for (const Objective &o : view.objectives) objectives << objectivesText(std::span(&o, 1));
  QJsonObject json{{QStringLiteral("scope"), scopeName(view.scope())},
                   {QStringLiteral("x"), metricKey(view.x)},
                   {QStringLiteral("y"), metricKey(view.y)},
                   {QStringLiteral("objectives"), QJsonArray::fromStringList(objectives)},
                   {QStringLiteral("objectives_by_hand"), view.objectivesByHand},
                   {QStringLiteral("filters"), filtersJson(view)},
                   {QStringLiteral("pins"), QJsonArray::fromStringList(view.pins)}};
  if (view.zoom) json[ZoomKey] = QJsonArray{view.zoom->xLow, view.zoom->xHigh, view.zoom->yLow, view.zoom->yHigh};
  if (view.invalid == InvalidDesigns::TakePart) json[InvalidKey] = true;
  if (!view.whatIf.empty()) json[WhatIfKey] = whatIfJson(view.whatIf);
  if (view.whatIfBits)
    json[BitsKey] = QStringLiteral("%1:%2").arg(view.whatIfBits->weights).arg(view.whatIfBits->activations);
  if (!view.sort) return json;
  if (const auto *metric = std::get_if<Metric>(&view.sort->column))
    json[SortKey] =
        metricKey(*metric) + (view.sort->order == Order::Descending ? QStringLiteral(" descending") : QString());
  return json;
}

ViewState viewFromJson(const QJsonObject &json) {
  ViewState view;
  const QString scope = json[QStringLiteral("scope")].toString();
  view.filter.scope = scope == scopeName(Scope::Head) ? Scope::Head : Scope::Whole;
  view.x = metricOr(json[QStringLiteral("x")], view.x);
  view.y = metricOr(json[QStringLiteral("y")], view.y);
  view.objectives = objectivesOr(json[QStringLiteral("objectives")], objectivesOfAxes(view));
  view.objectivesByHand = readByHand(json, view);
  if (json[InvalidKey].toBool()) view.invalid = InvalidDesigns::TakePart;
  if (json.contains(QStringLiteral("filters"))) readFilters(json[QStringLiteral("filters")].toObject(), view);
  view.pins = strings(json[QStringLiteral("pins")]);
  readZoom(json[ZoomKey].toArray(), view);
  readWhatIf(json[WhatIfKey].toObject(), view);
  readWhatIfBits(json[BitsKey].toString(), view);
  readSort(json[SortKey].toString(), view);
  return view;
}

void chooseAxes(ViewState &view, const DesignTable &table) {
  const auto accuracies = table.column(Metric::Accuracy);
  if (std::any_of(accuracies.begin(), accuracies.end(), [](double value) { return !std::isnan(value); })) return;
  setAxes(view, Metric::Latency, Metric::Energy);
}

}  // namespace pimento
