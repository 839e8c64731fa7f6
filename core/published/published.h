// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <set>
#include <vector>

#include "core/explore/design_table.h"
#include "core/published/paper_tables.h"

namespace pimento {

// Ids of the corrections to apply.
using CorrectionSet = std::set<QString>;

// A named mending of cells that contradict the rest of their paper. Never applied unless asked for.
struct Correction {
  QString id;           // "mobilenetv1-cm1-gpu-time"
  QString badge;        // the warning it answers and the claims of the audit that explain it: "deco-1"
  QString title;        // one line
  QString explanation;  // a sentence or two
  struct Cell {
    QString table, row, column;
    double printed = 0;
    double corrected = 0;
  };
  std::vector<Cell> cells;
};

// All corrections there are, their values computed from the tables and the networks.
[[nodiscard]] std::vector<Correction> corrections();

// The papers' tables with corrections applied. Throws Error for an unknown id, naming the known ones.
[[nodiscard]] PaperTables correctedTables(const CorrectionSet &corrections);

// The papers' design points: whole inference first, then classification modules alone. Every value has a kind, a source
// and, where it was computed, a formula; what a paper does not print and what does not follow is absent. A warning
// "[deco-1] …" is explained by the claims of the audit (claimsOf). Throws Error as correctedTables.
[[nodiscard]] DesignTable published(const CorrectionSet &corrections = {});

// The design points that given tables print.
[[nodiscard]] DesignTable designPoints(const PaperTables &tables);

}  // namespace pimento
