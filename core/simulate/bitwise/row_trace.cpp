// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/bitwise/row_trace.h"

#include <initializer_list>

namespace pimento {

RowTrace &RowTrace::operator+=(const RowTrace &other) {
  for (auto member :
       {&RowTrace::rowOperations, &RowTrace::reads, &RowTrace::dataColumns, &RowTrace::shifts, &RowTrace::partials,
        &RowTrace::padding, &RowTrace::operandRows, &RowTrace::operandBits, &RowTrace::transportBits, &RowTrace::senses,
        &RowTrace::wrongWrites, &RowTrace::wrongSenses, &RowTrace::wrongCounts})
    this->*member += other.*member;
  return *this;
}

}  // namespace pimento
