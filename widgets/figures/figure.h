// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QRectF>
#include <QString>

#include "widgets/figures/theme.h"

class QPainter;

namespace pimento {

// A drawing that lays itself out anew in whatever rectangle it is given: the widget and the export share it.
class Figure {
 public:
  virtual ~Figure() = default;
  [[nodiscard]] virtual QString title() const = 0;
  // Height in which the drawing reads well at this width.
  [[nodiscard]] virtual double heightFor(double width, const Style &style) const = 0;
  virtual void paint(QPainter &painter, const QRectF &bounds, const Style &style) const = 0;
};

}  // namespace pimento
