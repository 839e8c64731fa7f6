// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <optional>

#include "widgets/figures/figure.h"

namespace pimento {

// A figure on the screen whose parts (points, distributions, boxes) can be looked at one by one: the mouse or the arrow
// keys select one, Enter, Space or a click activates it, and it is told as text. Derived widgets say what parts are.
class FigureView : public QWidget {
  Q_OBJECT
 public:
  explicit FigureView(QWidget *parent = nullptr);

  [[nodiscard]] virtual const Figure &figure() const = 0;  // as shown now, for exports
  [[nodiscard]] virtual std::size_t itemCount() const = 0;
  [[nodiscard]] virtual QString textOf(std::size_t item) const = 0;
  [[nodiscard]] virtual std::optional<std::size_t> itemAt(QPointF position) const = 0;

  [[nodiscard]] std::optional<std::size_t> selected() const { return m_selected; }
  void setSelected(std::optional<std::size_t> item);  // silent
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void itemSelected(std::size_t item);   // by the user
  void itemActivated(std::size_t item);  // by the user

 protected:
  [[nodiscard]] virtual QString description() const = 0;  // of the whole figure, as text
  [[nodiscard]] virtual std::optional<std::size_t> neighbour(std::size_t item, int key) const;  // by an arrow key
  [[nodiscard]] virtual QPointF placeOf(std::size_t item) const = 0;                            // of its tooltip
  virtual void paintSelection(QPainter &painter, std::size_t item) const = 0;
  virtual void layOut() = 0;  // anew: data, size, font or colours have changed
  [[nodiscard]] const Style &look() const { return m_style; }
  void figureChanged();  // to be called when there is other data

  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void changeEvent(QEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;

 private:
  void select(std::size_t item);
  void describe();

  Style m_style;
  std::optional<std::size_t> m_selected;
  int m_height = -1;  // that the figure asked for last
};

}  // namespace pimento
