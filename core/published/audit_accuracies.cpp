// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/format.h"
#include "core/published/claims.h"

namespace pimento {

namespace {

struct Average {
  const char *network;
  const char *dataset;
  const char *fact;
};
constexpr std::array<Average, 4> Averages{{{"VGG16", "CIFAR-10", "deco-gain-vgg16-cifar10"},
                                           {"MobileNetV1", "CIFAR-10", "deco-gain-mobilenetv1-cifar10"},
                                           {"VGG16", "CIFAR-100", "deco-gain-vgg16-cifar100"},
                                           {"MobileNetV1", "CIFAR-100", "deco-gain-mobilenetv1-cifar100"}}};
constexpr std::array<const char *, 4> Modules{"CM1", "CM2", "CM3", "CM4"};

// Joint over independent learning of the four modules of one network on one dataset.
struct Gains {
  std::vector<double> points;    // percentage points
  std::vector<double> relative;  // per cent of the independent accuracy
  std::vector<double> rounded;   // the same to 0.01, the last digit of Table II
};

Gains gainsOf(const Reader &read, const Average &average) {
  Gains gains;
  const QString row = QStringLiteral("%1 %2 ").arg(QLatin1String(average.network), QLatin1String(average.dataset));
  for (const char *module : Modules) {
    const double joint = read.value("deco-table2", row + QStringLiteral("joint"), module);
    const double independent = read.value("deco-table2", row + QStringLiteral("independent"), module);
    gains.points.push_back(joint - independent);
    gains.relative.push_back(100 * (joint - independent) / independent);
    gains.rounded.push_back(std::round(100 * gains.relative.back()) / 100);
  }
  return gains;
}

void auditAverage(Claims &claims, const Reader &read, const Average &average) {
  const Gains gains = gainsOf(read, average);
  const QString stated = read.factText(average.fact);
  const QString suffix = QString::fromLatin1(average.fact).mid(QStringLiteral("deco-gain-").size());
  const auto add = [&](const QString &id, const char *what, const QString &unit, double value,
                       const QString &explanation) {
    claims.push_back({id + suffix,
                      QStringLiteral("%1, %2: average gain of joint learning, %3")
                          .arg(QLatin1String(average.network), QLatin1String(average.dataset), QLatin1String(what)),
                      stated + QStringLiteral(" %"), fourDigits(value) + unit,
                      verdictOf(agreesAsPrinted(stated, value)),
                      read.place(average.fact) + QStringLiteral("; Table II"), explanation});
  };
  add(QStringLiteral("deco-gain."), "relative", QStringLiteral(" %"), mean(gains.rounded),
      QStringLiteral(
          "Mean of the gains in per cent of the independent accuracy, each rounded to 0.01 (not rounded: %1).")
          .arg(fourDigits(mean(gains.relative))));
  add(QStringLiteral("deco-5."), "in percentage points", QStringLiteral(" pp"), mean(gains.points),
      QStringLiteral("Mean difference of the accuracies, as a reader takes an accuracy gain in per cent."));
}

void auditMorePronounced(Claims &claims, const Reader &read) {
  bool holds = true;
  QStringList parts;
  for (std::size_t i = 0; i < 2; ++i) {
    const double easy = read.fact(Averages[i].fact);
    const double hard = read.fact(Averages[i + 2].fact);
    holds = holds && hard > easy;
    parts << QStringLiteral("%1 %2 % after %3 %")
                 .arg(QLatin1String(Averages[i].network), read.factText(Averages[i + 2].fact),
                      read.factText(Averages[i].fact));
  }
  claims.push_back({QStringLiteral("deco-gain.more-pronounced"),
                    QStringLiteral("The gains are more pronounced on CIFAR-100 than on CIFAR-10"),
                    QStringLiteral("both networks"), parts.join(QStringLiteral(", ")), verdictOf(holds),
                    read.place("deco-more-pronounced"),
                    QStringLiteral("By the averages that the text states itself.")});
}

void auditEachModule(Claims &claims, const Reader &read) {
  std::vector<double> all;
  QStringList worse;
  for (const Average &average : Averages) {
    const Gains gains = gainsOf(read, average);
    for (std::size_t i = 0; i < Modules.size(); ++i) {
      all.push_back(gains.points[i]);
      if (gains.points[i] <= 0)
        worse << QStringLiteral("%1 %2 %3 (%4 pp)")
                     .arg(QLatin1String(average.network), QLatin1String(Modules[i]), QLatin1String(average.dataset),
                          fourDigits(gains.points[i]));
    }
  }
  const double gain = mean(all);
  claims.push_back({QStringLiteral("deco-gain.average"),
                    QStringLiteral("Joint learning is better than independent learning on average"),
                    QStringLiteral("above 0"), fourDigits(gain) + QStringLiteral(" pp"), verdictOf(gain > 0),
                    QStringLiteral("DECO, Table II"),
                    QStringLiteral("Mean difference of %1 pairs of accuracies.").arg(all.size())});
  claims.push_back({QStringLiteral("deco-gain.each"),
                    QStringLiteral("Joint learning surpasses independent learning for each module"),
                    QStringLiteral("%1 of %1").arg(all.size()),
                    QStringLiteral("%1 of %2").arg(all.size() - static_cast<std::size_t>(worse.size())).arg(all.size()),
                    verdictOf(worse.isEmpty()), read.place("deco-joint-surpasses") + QStringLiteral("; Table II"),
                    worse.isEmpty() ? QStringLiteral("Every pair of Table II.")
                                    : QStringLiteral("Not for ") + worse.join(QStringLiteral(", "))});
}

}  // namespace

void auditAccuracies(Claims &claims, const PaperTables &tables) {
  const Reader read(tables);
  for (const Average &average : Averages) auditAverage(claims, read, average);
  auditEachModule(claims, read);
  auditMorePronounced(claims, read);
}

}  // namespace pimento
