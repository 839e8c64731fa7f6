// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <initializer_list>
#include <vector>

#include "core/network/counts.h"
#include "core/published/audit.h"

namespace pimento {

using Claims = std::vector<Claim>;

// Parts of audit(): each appends its claims.
void auditCounts(Claims &claims, const PaperTables &tables);      // DECO, Table I: layers, MACs, parameters, sizes
void auditCosts(Claims &claims, const PaperTables &tables);       // DECO, Table III: time and power
void auditAccuracies(Claims &claims, const PaperTables &tables);  // DECO, Table II
void auditDynamic(Claims &claims, const PaperTables &tables);     // the dynamic-network paper
void auditEnergy(Claims &claims, const PaperTables &tables);      // its energy ratio, by the hardware model
void auditTexts(Claims &claims, const PaperTables &tables);       // what only words say

// "holds" or "contradicted".
[[nodiscard]] QString verdictOf(bool holds);

// Whether a value, rounded or cut to the digits that are printed, gives them. Trailing zeros of a whole number are
// not taken for digits: 8136 is printed as 8130.
[[nodiscard]] bool agreesAsPrinted(const QString &printed, double value);

// Spearman's rank correlation (ties share their mean rank) and Pearson's correlation.
[[nodiscard]] double rankCorrelation(const std::vector<double> &a, const std::vector<double> &b);
[[nodiscard]] double correlation(const std::vector<double> &a, const std::vector<double> &b);
[[nodiscard]] double mean(const std::vector<double> &values);

// Reads cells with plain names.
class Reader {
 public:
  explicit Reader(const PaperTables &tables) : m_tables(tables) {}
  [[nodiscard]] QString text(const char *table, const QString &row, const char *column) const;
  [[nodiscard]] double value(const char *table, const QString &row, const char *column, int exponent = 0) const;
  [[nodiscard]] QString quote(const char *fact) const;  // of the table of facts
  [[nodiscard]] QString place(const char *fact) const;
  [[nodiscard]] QString factText(const char *fact) const;
  [[nodiscard]] double fact(const char *fact) const;
  [[nodiscard]] const PaperTables &tables() const { return m_tables; }

 private:
  const PaperTables &m_tables;
};

// One row of DECO's Tables I and III.
struct DecoModule {
  QString family;  // "deco-vgg16"
  QString module;  // "CM2"
  QString row;     // "VGG16 CM2"
  QString id;      // "vgg16-cm2"
};
[[nodiscard]] const std::vector<DecoModule> &decoModules();

}  // namespace pimento
