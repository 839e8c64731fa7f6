// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/labels.h"

#include <QHash>

#include <cmath>

#include "core/base/format.h"
#include "core/data/dataset.h"
#include "core/explore/design_report.h"
#include "core/explore/training_name.h"
#include "core/network/families/families.h"
#include "core/network/families/network_library.h"

namespace pimento {

static constexpr double MostGrouped = 1e15;  // above it commas help nobody

QString networkTitle(const QString &network) {
  for (const Family &family : families())
    if (network == QLatin1String(family.name)) return QString::fromLatin1(family.tableName);
  static const QHash<QString, QString> library = [] {
    QHash<QString, QString> titles;
    for (const QString &name : libraryNetworks()) titles.insert(name, libraryNetwork(name).title);
    return titles;
  }();
  if (const auto found = library.constFind(network); found != library.constEnd()) return *found;
  if (network == QStringLiteral("resnet18-nonuniform")) return QStringLiteral("ResNet18 non-uniform");
  return network;
}

QString variantTitle(const QString &variant) {
  if (const auto modules = moduleTitle(variant)) return modules->whole;
  bool number = false;
  variant.toDouble(&number);
  return number ? variant + QLatin1Char('x') : variant;
}

QString headTitle(const QString &variant) {
  const auto modules = moduleTitle(variant);
  return modules ? modules->head : variantTitle(variant);
}

QString datasetTitle(const QString &dataset) {
  if (const KnownSet *set = findSet(dataset)) return QString::fromUtf8(set->title);
  return dataset;
}

QString platformTitle(const QString &platform) {
  if (platform == QStringLiteral("deco-pim")) return QStringLiteral("DECO PIM");
  if (platform == QStringLiteral("deco-gpu")) return QStringLiteral("2 RTX 3090");
  return platform;
}

QString scopeTitle(Scope scope) {
  return scope == Scope::Whole ? QStringLiteral("Whole inference") : QStringLiteral("Head only");
}

static QString nameOf(const DesignTable &table, std::uint32_t row, QString (*title)(const QString &variant)) {
  const DesignKey &key = table.key(row);
  const QString network = networkTitle(table.name(key.network));
  const QString variant = title(table.name(key.variant));
  if (network.isEmpty()) return variant;
  return variant.isEmpty() ? network : network + QLatin1Char(' ') + variant;
}

QString designName(const DesignTable &table, std::uint32_t row) { return nameOf(table, row, variantTitle); }

QString shortDesignName(const DesignTable &table, std::uint32_t row) { return nameOf(table, row, headTitle); }

static QString joinedParts(QStringList parts) {
  parts.removeAll(QString());
  return parts.join(QStringLiteral(" · "));
}

static QString bitsText(const DesignKey &key, const QString &unit) {
  if (key.bitsWeights == 0) return {};
  return QStringLiteral("%1:%2%3").arg(key.bitsWeights).arg(key.bitsActivations).arg(unit);
}

static QString runText(const DesignTable &table, const DesignKey &key) {
  return key.run == 0 ? QString() : QStringLiteral("run ") + table.name(key.run);
}

// A run has one training, but for weights that were trained on as integers: "joint quantisation-aware".
static QString trainingBeside(const DesignTable &table, const DesignKey &key, bool one) {
  const QString &training = table.name(key.training);
  if (key.run != 0) return trainingHow(training);
  return one ? QString() : training;
}

QString designSetting(const DesignTable &table, std::uint32_t row) {
  const DesignKey &key = table.key(row);
  return joinedParts({datasetTitle(table.name(key.dataset)), table.name(key.training), runText(table, key),
                      platformTitle(table.name(key.platform)), bitsText(key, QStringLiteral(" bits")),
                      key.scope == Scope::Head ? QStringLiteral("head only") : QString()});
}

QString designSetting(const DesignTable &table, std::uint32_t row, const Filter &filter) {
  const DesignKey &key = table.key(row);
  const bool modular = modularFamilies().contains(table.name(key.network));
  const bool oneTraining = filter.trainings.size() == 1 || (modular && filter.modularTrainings.size() == 1);
  const QString text = joinedParts({platformTitle(table.name(key.platform)), bitsText(key, {}), runText(table, key),
                                    trainingBeside(table, key, oneTraining),
                                    filter.datasets.size() == 1 ? QString() : datasetTitle(table.name(key.dataset))});
  return text.isEmpty() ? designSetting(table, row) : text;
}

QString metricTitle(Metric metric) { return QString::fromUtf8(info(metric).title); }
QString metricKey(Metric metric) { return QString::fromLatin1(info(metric).key); }

QString metricAxisTitle(Metric metric) {
  const QString unit = QString::fromUtf8(info(metric).unit);
  return unit.isEmpty() ? metricTitle(metric) : QStringLiteral("%1 (%2)").arg(metricTitle(metric), unit);
}

QString kindGlyph(Kind kind) {
  switch (kind) {
    case Kind::Measured:
      return QStringLiteral("▲");
    case Kind::Published:
      return QStringLiteral("●");
    case Kind::Derived:
      return QStringLiteral("⬖");
    case Kind::Estimated:
      return QStringLiteral("□");
  }
  return {};
}

QString countText(std::size_t count, const QString &one) {
  if (count == 1) return QStringLiteral("1 ") + one;
  return QStringLiteral("%1 %2s").arg(grouped(static_cast<qint64>(count)), one);
}

QString roundedCount(double value) {
  if (!(value >= 1000 && value < MostGrouped)) return fourDigits(value);
  const double step = std::pow(10, std::floor(std::log10(value)) - 3);
  return grouped(std::llround(std::round(value / step) * step));
}

QString levelGlyph(WarningLevel level) {
  switch (level) {
    case WarningLevel::Note:
      return QStringLiteral("ℹ");
    case WarningLevel::Caution:
      return QStringLiteral("⚠");
    case WarningLevel::Invalid:
      return QStringLiteral("✕");
  }
  return {};
}

QString validityGlyph(Validity validity) {
  switch (validity) {
    case Validity::Valid:
      break;
    case Validity::Doubtful:
      return QStringLiteral("⚠");
    case Validity::Invalid:
      return QStringLiteral("✕");
  }
  return {};
}

QString validityNote(const DesignTable &table, std::uint32_t row) {
  const QString text = validityText(table, row);
  return text.isEmpty() ? text : validityGlyph(table.validity(row)) + QLatin1Char(' ') + text;
}

QString asSentence(const QString &text) {
  return text.isEmpty() ? text : text.at(0).toUpper() + text.mid(1) + QLatin1Char('.');
}

QString shareText(double share) {
  constexpr double LeastPercent = 1e-5;
  if (share < LeastPercent) return QString::number(share, 'g', 2);
  return QString::number(share * 100, 'g', 2) + QStringLiteral("\u00a0%");
}

QString valueText(const DesignTable &table, std::uint32_t row, Metric metric) {
  if (const auto quantity = table.at(row, metric)) {
    const bool ratio = metric == Metric::GpuSpeedup || metric == Metric::GpuEnergyRatio;
    const QString text = ratio ? roundedCount(quantity->value) + QLatin1Char('x') : shortValue(metric, quantity->value);
    return quantity->from->corrected ? text + CorrectedMark : text;
  }
  if (metric == Metric::Accuracy && table.key(row).run != 0) return QStringLiteral("n/a - not measured at these bits");
  return table.weakestKind(row) == Kind::Estimated ? QStringLiteral("n/a - not part of the estimate")
                                                   : QStringLiteral("n/a - not published");
}

QString differenceText(Metric metric, double value, double base) {
  if (metric == Metric::Accuracy) {
    const double points = value - base;
    const QString text = QString::number(std::abs(points), 'f', 2) + QStringLiteral("\u00a0pp");
    return (points < 0 ? QStringLiteral("−") : QStringLiteral("+")) + text;
  }
  return ratioText(value, base);
}

}  // namespace pimento
