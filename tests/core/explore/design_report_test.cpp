// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_report.h"

#include <gtest/gtest.h>

#include <array>

using namespace pimento;

namespace {

// Two designs, one of them without a data set and power.
DesignTable twoDesigns() {
  DesignTable table;
  const auto from = table.intern(Provenance{Kind::Derived, QStringLiteral("Table I | x"), {}, {}});
  const auto network = table.intern(QStringLiteral("n"));
  const auto first = table.append(
      {.network = network, .variant = table.intern(QStringLiteral("v")), .dataset = table.intern(QStringLiteral("d"))});
  table.set(first, Metric::Energy, 37.1262, from);
  table.set(first, Metric::Power, 1.5, from);
  const auto second = table.append({.network = network, .variant = table.intern(QStringLiteral("w"))});
  table.set(second, Metric::Energy, 1500, table.intern(Provenance{Kind::Estimated, QStringLiteral("model"), {}, {}}));
  return table;
}

constexpr std::array<std::uint32_t, 2> Both{0, 1};

}  // namespace

TEST(DesignSummary, leavesOutWhatNoRowHas) {
  const DesignTable table = twoDesigns();
  EXPECT_EQ(designSummary(table, Both).columns.join(QLatin1Char(' ')),
            QStringLiteral("network variant dataset scope energy power kind source"));
  EXPECT_EQ(designSummary(table, std::array{1U}, SummarySources::LeftOut).columns.join(QLatin1Char(' ')),
            QStringLiteral("network variant scope energy kind"));
}

TEST(DesignSummary, saysTheSourceOfEveryRow) {
  const QString text = toMarkdown(designSummary(twoDesigns(), Both)).replace(QChar(0x00a0), QLatin1Char(' '));
  EXPECT_TRUE(text.contains(QStringLiteral("| n | v | d | whole | 37.13 µJ | 1.5 W | derived | Table I \\| x |\n")))
      << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("| n | w | - | whole | 1.5 mJ | n/a | estimated | model |\n")));
}

TEST(DesignSummary, setsValuesRight) {
  const ReportTable summary = designSummary(twoDesigns(), Both);
  EXPECT_TRUE(toLatex(summary).startsWith(QStringLiteral("\\begin{tabular}{llllrrll}")));
  EXPECT_TRUE(toMarkdown(summary).contains(QStringLiteral("|---|---|---|---|---:|---:|---|---|")));
  const QString html = toHtml(summary).replace(QChar(0x00a0), QLatin1Char(' '));
  EXPECT_TRUE(html.contains(QStringLiteral("<th align=\"right\">energy</th>")));
  EXPECT_TRUE(html.contains(QStringLiteral("<td align=\"right\">37.13 µJ</td>")));
  EXPECT_TRUE(html.contains(QStringLiteral("<td>Table I | x</td>")));
}
