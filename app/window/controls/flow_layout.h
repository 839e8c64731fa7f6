// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QLayout>
#include <memory>
#include <vector>

namespace pimento {

// Lays its widgets out like words: side by side, in as many lines as they need.
class FlowLayout : public QLayout {
  Q_OBJECT
 public:
  explicit FlowLayout(QWidget *parent = nullptr);
  ~FlowLayout() override;

  void addItem(QLayoutItem *item) override;
  [[nodiscard]] int count() const override { return static_cast<int>(m_items.size()); }
  [[nodiscard]] QLayoutItem *itemAt(int index) const override;
  [[nodiscard]] QLayoutItem *takeAt(int index) override;
  [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  [[nodiscard]] int heightForWidth(int width) const override;
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSize() const override;
  void setGeometry(const QRect &area) override;

 private:
  enum class Moves { None, Items };
  int arrange(const QRect &area, Moves moves) const;  // the height that is taken

  std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

}  // namespace pimento
