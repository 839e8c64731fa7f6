// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <cstdint>
#include <optional>

#include "app/session/slider_scale.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSlider;
class QToolButton;

namespace pimento {

class Session;

// One parameter of the what-if: its name, a slider with a spin box or a list of words, and a button that takes the
// change back. Moving the slider is one step of undo, however long it takes.
class ParameterRow : public QWidget {
  Q_OBJECT
 public:
  ParameterRow(Session &session, const Parameter &parameter, QWidget *parent = nullptr);

  [[nodiscard]] const Parameter &parameter() const { return m_parameter; }
  // What it is changed from and to, and why that changes nothing: empty if it may. A parameter that follows from others
  // may have another value without being changed itself.
  enum class State : std::uint8_t { AsItIs, Changed };
  void show(const Accelerator &base, double value, State state, const QString &whyIdle);
  using QWidget::show;

 private:
  void showIdle(const QString &why);
  void addNumber();
  void addWords();
  void choose(double value, int drag);

  Session &m_session;
  const Parameter &m_parameter;
  Accelerator m_base;
  SliderScale m_scale;
  QLabel *m_title;
  QToolButton *m_reset;
  QSlider *m_slider = nullptr;
  QDoubleSpinBox *m_number = nullptr;
  QComboBox *m_words = nullptr;
  QString m_idle;
  std::optional<double> m_shown;
  State m_state = State::AsItIs;
  int m_drag = 0;
};

}  // namespace pimento
