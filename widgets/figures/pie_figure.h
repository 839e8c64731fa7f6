// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <optional>
#include <vector>

#include "widgets/figures/figure.h"
#include "widgets/figures/heading.h"
#include "widgets/figures/scale.h"

namespace pimento {

struct PieSlice {
  QString name;
  double value = 0;  // in the stored unit of the axis; NaN: not published, listed without a slice
};

// Parts of a whole with the table of their values beside it: area by component, overhead.
struct PieData {
  QString title;
  QString takeaway;
  QString emptyText;
  AxisSpec axis;
  QString shareTitle = QStringLiteral("share");  // of the sum of the slices
  std::vector<PieSlice> slices;
};

class PieFigure final : public Figure {
 public:
  PieFigure() = default;
  explicit PieFigure(PieData data) : m_data(std::move(data)) {}
  void setSelected(std::optional<std::size_t> slice) { m_selected = slice; }

  [[nodiscard]] const PieData &data() const { return m_data; }
  [[nodiscard]] std::optional<std::size_t> selected() const { return m_selected; }
  [[nodiscard]] QString title() const override { return m_data.title; }
  [[nodiscard]] double heightFor(double width, const Style &style) const override;
  void paint(QPainter &painter, const QRectF &bounds, const Style &style) const override;

  struct Layout {
    Heading heading;
    QRectF pie, table;
    double row = 0;
  };
  [[nodiscard]] Layout layout(const QRectF &bounds, const Style &style) const;
  [[nodiscard]] std::optional<std::size_t> sliceAt(const Layout &layout, QPointF position) const;  // pie or table
  [[nodiscard]] QString valueText(std::size_t slice) const;
  [[nodiscard]] QString shareText(std::size_t slice) const;  // "12.3 %"
  [[nodiscard]] double sum() const;

 private:
  void paintPie(QPainter &painter, const QRectF &box, const Style &style) const;
  void paintHatching(QPainter &painter, const QRectF &box, const Style &style) const;
  void paintNumbers(QPainter &painter, const QRectF &box, const Style &style) const;
  void paintTable(QPainter &painter, const Layout &layout, const Style &style) const;

  PieData m_data;
  std::optional<std::size_t> m_selected;
};

}  // namespace pimento
