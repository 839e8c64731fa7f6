// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pimento {

// A choice among the rows of a table, as a value that carries its row: who is given one asks the row and needs no
// table, so that a row which no table lists works as well as one that a table lists. Two are equal if they are the
// same row. The row must outlive all choices of it; rows are constants.
template <typename Row>
class RowOf {
 public:
  constexpr RowOf(const Row &row) : m_row(&row) {}  // implicit: a row is the choice of itself
  [[nodiscard]] constexpr const Row *operator->() const { return m_row; }
  [[nodiscard]] constexpr const Row &operator*() const { return *m_row; }
  friend constexpr bool operator==(RowOf a, RowOf b) { return a.m_row == b.m_row; }

 private:
  const Row *m_row;
};

}  // namespace pimento
