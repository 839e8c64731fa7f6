// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/mapping_search.h"

#include <algorithm>

#include "core/hardware/estimate/estimate.h"
#include "core/hardware/profile/dataflows.h"
#include "core/hardware/profile/parameters.h"

namespace pimento {

namespace {

constexpr const char *SearchedKeys[] = {"dataflow", "packing", "layout", "column_gating", "idle_gating", "write_back"};

std::vector<const Parameter *> searched() {
  std::vector<const Parameter *> list;
  for (const char *key : SearchedKeys) list.push_back(&requireParameter(QString::fromLatin1(key), QString()));
  return list;
}

// Every combination of the words of the parameters from `next` on.
void combine(const std::vector<const Parameter *> &list, std::size_t next, const Accelerator &so,
             std::vector<Accelerator> &all) {
  if (next == list.size()) {
    all.push_back(so);
    return;
  }
  for (std::size_t word = 0; word < list[next]->words.size(); ++word) {
    Accelerator with = so;
    list[next]->put(with, static_cast<double>(word));
    combine(list, next + 1, with, all);
  }
}

// Operands in registers leave nothing to write back (accelerator.h refuses both).
bool isPossible(const Schedule &s) { return s.write_back == Toggle::Off || !traits(s.dataflow).latched; }

double energy_uj(const NetworkSpec &network, const Variant &variant, const Accelerator &a, const Machine &machine,
                 Bits bits) {
  return estimateTotals(workOf(network, variant, a.schedule.layout), machine, bits).energy_uj();
}

QString wordOf(const Schedule &schedule, const Parameter &p) {
  Accelerator a;
  a.schedule = schedule;
  return valueText(p, p.get(a));
}

}  // namespace

QString MappingChoice::text() const {
  QStringList parts{wordOf(schedule, *searched()[0]), QStringLiteral("packing ") + wordOf(schedule, *searched()[1]),
                    QStringLiteral("layout ") + wordOf(schedule, *searched()[2])};
  if (schedule.column_gating == Toggle::On) parts << QStringLiteral("column gating");
  if (schedule.idle_gating == Toggle::Off) parts << QStringLiteral("no idle gating");
  if (schedule.write_back == Toggle::On) parts << QStringLiteral("write-back");
  return parts.join(QStringLiteral(", "));
}

std::vector<MappingChoice> mappingSearch(const NetworkSpec &network, const Variant &wide, const Variant &narrow,
                                         const Accelerator &base, Bits bits) {
  std::vector<Accelerator> all;
  combine(searched(), 0, base, all);
  std::erase_if(all, [&](const Accelerator &a) { return !isPossible(a.schedule) || a.schedule == base.schedule; });
  all.insert(all.begin(), base);
  std::vector<MappingChoice> choices;
  for (const Accelerator &a : all) {
    const Machine machine = buildMachine(a);
    choices.push_back(
        {a.schedule, energy_uj(network, wide, a, machine, bits), energy_uj(network, narrow, a, machine, bits)});
  }
  return choices;
}

ReportTable mappingReport(const std::vector<MappingChoice> &choices) {
  ReportTable table;
  for (const char *key : SearchedKeys) table.columns << QString::fromLatin1(key);
  table.columns << QStringLiteral("wide_uj") << QStringLiteral("narrow_uj") << QStringLiteral("ratio");
  for (const MappingChoice &choice : choices) {
    std::vector<Cell> row;
    for (const Parameter *p : searched()) row.emplace_back(wordOf(choice.schedule, *p));
    for (const double value : {choice.wide_uj, choice.narrow_uj, choice.ratio()}) row.emplace_back(value);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace pimento
