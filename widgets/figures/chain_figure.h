// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <optional>
#include <vector>

#include "core/base/kind.h"
#include "widgets/figures/figure.h"
#include "widgets/figures/heading.h"

namespace pimento {

// "write current   200 µA", and if it changed: "from 150 µA, 1.333x".
struct ChainLine {
  QString name;
  QString value;                  // with its unit
  QString base;                   // what it was; empty: unchanged
  QString change;                 // "1.333x" or a difference; may be empty
  std::optional<Kind> kind = {};  // of the value: its marker stands before it
};

struct ChainBox {
  QString title;
  std::vector<ChainLine> lines;
  QStringList warnings;  // each marked and written in full
  QStringList passesOn;  // along the arrow to the next box, a line each: "write 200 µA", "2 ns"
};

struct ChainData {
  QString title;
  QString takeaway;
  QString emptyText;
  std::vector<ChainBox> boxes;
};

// A chain of models as boxes with their values, joined by arrows that say what each passes on. Boxes stand in a row, in
// two where that is too narrow, or below each other.
class ChainFigure final : public Figure {
 public:
  ChainFigure() = default;
  explicit ChainFigure(ChainData data) : m_data(std::move(data)) {}

  [[nodiscard]] const ChainData &data() const { return m_data; }
  [[nodiscard]] QString title() const override { return m_data.title; }
  [[nodiscard]] double heightFor(double width, const Style &style) const override;
  void paint(QPainter &painter, const QRectF &bounds, const Style &style) const override;

  struct Layout {
    Heading heading;
    std::size_t columns = 1;
    double gap = 0;  // between boxes of a row
    std::vector<QRectF> boxes;
    double bottom = 0;
  };
  [[nodiscard]] Layout layout(const QRectF &bounds, const Style &style) const;

 private:
  [[nodiscard]] double naturalWidth(const Style &style) const;
  [[nodiscard]] double gapWidth(const Style &style) const;
  [[nodiscard]] double boxHeight(const ChainBox &box, double width, const Style &style) const;
  [[nodiscard]] double rowGap(const Layout &layout, std::size_t box, double width, const Style &style) const;
  void paintBox(QPainter &painter, const ChainBox &box, const QRectF &at, const Style &style) const;
  void paintArrow(QPainter &painter, const Layout &layout, std::size_t from, const Style &style) const;

  ChainData m_data;
};

}  // namespace pimento
