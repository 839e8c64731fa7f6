// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include "core/explore/design_table.h"

// Tables as sweeps give them, of any size, for benchmarks and for tests of what grows with the rows. The same arguments
// give the same bytes.
namespace pimento::bench {

enum class Spread : std::uint8_t {
  Cloud,  // most designs are dominated
  Front   // none is: more energy is more accuracy
};

enum class Names : std::uint8_t {
  Variants,  // each row is a variant of one of two networks
  Networks   // each row is a network by itself
};

struct LargeTable {
  std::size_t rows = 1'000'000;
  Spread spread = Spread::Cloud;
  Names names = Names::Variants;
  bool heads = false;  // every second row is the head alone of the one before
};

[[nodiscard]] DesignTable largeTable(const LargeTable &wanted);
void writeLargeCsv(const LargeTable &wanted, const QString &path);      // throws Error if it can not be written
void writeLargeProject(const LargeTable &wanted, const QString &path);  // the same rows

}  // namespace pimento::bench
