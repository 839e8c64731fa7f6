// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <optional>

class QHBoxLayout;
class QLabel;

namespace pimento {

class Session;

// Buttons for the variants of the selected design's network: FE + [CM1 … CM4], or widths. Pointing at one (or tabbing
// to it) says what it would cost against the selected design; pressing it selects it.
class VariantPicker : public QWidget {
  Q_OBJECT
 public:
  explicit VariantPicker(Session &session, QWidget *parent = nullptr);
  [[nodiscard]] QString hint() const;

 protected:
  bool eventFilter(QObject *watched, QEvent *event) override;

 private:
  void reload();
  void preview(std::optional<std::uint32_t> row);

  Session &m_session;
  QLabel *m_title;
  QHBoxLayout *m_buttons;
  QLabel *m_hint;
};

// "34.99 µJ (0.6x), 28.8 µs (0.8x), 53.82 % (−11.62 pp)": what choosing `row` instead of `base` means.
[[nodiscard]] QString choiceText(const Session &session, std::uint32_t row, std::optional<std::uint32_t> base);

}  // namespace pimento
