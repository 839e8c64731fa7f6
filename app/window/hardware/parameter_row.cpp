// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/hardware/parameter_row.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "app/session/parameter_labels.h"
#include "app/session/session.h"
#include "app/session/what_if_steps.h"
#include "app/window/controls/number_box.h"
#include "core/base/error.h"
#include "core/base/format.h"

namespace pimento {

namespace {

// The wheel scrolls the panel and never changes what the pointer happens to pass.
template <class Control>
class Still : public Control {
 public:
  using Control::Control;

 protected:
  void wheelEvent(QWheelEvent *event) override { event->ignore(); }
};

// A box for values of any magnitude: steps in the leading digits, and complaints where all others of the session are.
class ParameterBox : public Still<NumberBox> {
 public:
  ParameterBox(Session &session, const Parameter &parameter) : m_session(session), m_parameter(parameter) {
    setRange(parameter.minimum, parameter.maximum);
    setKeyboardTracking(false);
    setAccelerated(true);
    if (parameter.unit[0] != '\0') setSuffix(QChar(QChar::Nbsp) + QString::fromUtf8(parameter.unit));
  }
  void mend() {
    if (m_complained) m_session.complain(QString::fromLatin1(m_parameter.key), {});
    m_complained = false;
  }
  void stepBy(int steps) override { setValue(steppedBy(m_parameter, value(), steps)); }
  [[nodiscard]] QSize sizeHint() const override {
    return {fontMetrics().averageCharWidth() * 17, Still::sizeHint().height()};
  }
  [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void refuse(const QString &text, const QString &remedy) const override {
    m_complained = true;
    m_session.complain(QString::fromLatin1(m_parameter.key),
                       QStringLiteral("%1: %2 is not taken; %3")
                           .arg(parameterTitle(m_parameter), quoted(text),
                                remedy.isEmpty() ? QStringLiteral("give %1").arg(rangeText(m_parameter)) : remedy));
  }

 private:
  Session &m_session;
  const Parameter &m_parameter;
  mutable bool m_complained = false;
};

}  // namespace

ParameterRow::ParameterRow(Session &session, const Parameter &parameter, QWidget *parent)
    : QWidget(parent), m_session(session), m_parameter(parameter), m_title(new QLabel), m_reset(new QToolButton) {
  const QString key = QString::fromLatin1(parameter.key);
  setObjectName(QStringLiteral("parameter_") + key);
  m_title->setText(parameterTitle(parameter));
  m_reset->setObjectName(QStringLiteral("reset_") + key);
  m_reset->setText(QStringLiteral("↺"));
  m_reset->setAutoRaise(true);
  m_reset->setAccessibleName(QStringLiteral("Reset %1").arg(parameterInSentence(parameter)));
  QSizePolicy kept = m_reset->sizePolicy();
  kept.setRetainSizeWhenHidden(true);
  m_reset->setSizePolicy(kept);
  connect(m_reset, &QToolButton::clicked, this, [this] { resetWhatIf(m_session, m_base, m_parameter); });
  auto *head = new QHBoxLayout;
  head->addWidget(m_title, 1);
  head->addWidget(m_reset);
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 4);
  column->setSpacing(0);
  column->addLayout(head);
  if (parameter.words.empty())
    addNumber();
  else
    addWords();
}

void ParameterRow::addNumber() {
  const QString key = QString::fromLatin1(m_parameter.key);
  m_slider = new Still<QSlider>(Qt::Horizontal);
  m_slider->setObjectName(QStringLiteral("slider_") + key);
  m_slider->setAccessibleName(parameterTitle(m_parameter));
  m_slider->setMinimumWidth(fontMetrics().averageCharWidth() * 10);
  auto *number = new ParameterBox(m_session, m_parameter);
  m_number = number;
  m_number->setObjectName(QStringLiteral("number_") + key);
  m_number->setAccessibleName(parameterTitle(m_parameter));
  m_title->setBuddy(m_number);
  connect(m_slider, &QSlider::sliderPressed, this, [this] { m_drag = m_session.newDrag(); });
  connect(m_slider, &QSlider::sliderReleased, this, [this] {
    show(m_base, m_number->value(), m_state, m_idle);  // a scale around the new value
    m_drag = 0;
  });
  connect(m_slider, &QSlider::valueChanged, this, [this](int position) {
    if (m_drag == 0) m_drag = m_session.newDrag();  // keys: what follows one another on one slider is one step too
    choose(m_scale.valueAt(position), m_drag);
  });
  connect(m_number, &QDoubleSpinBox::valueChanged, this, [this, number](double value) {
    number->mend();
    const double taken = snapped(m_parameter, value);
    if (taken != value) {
      const QSignalBlocker quiet(number);
      number->setValue(taken);
    }
    choose(taken, 0);
  });
  auto *row = new QHBoxLayout;
  row->addWidget(m_slider, 1);
  row->addWidget(m_number);
  static_cast<QVBoxLayout *>(layout())->addLayout(row);
}

void ParameterRow::addWords() {
  const QString key = QString::fromLatin1(m_parameter.key);
  m_words = new Still<QComboBox>;
  m_words->setObjectName(QStringLiteral("words_") + key);
  m_words->setAccessibleName(parameterTitle(m_parameter));
  for (const char *word : m_parameter.words) m_words->addItem(QString::fromLatin1(word));
  m_title->setBuddy(m_words);
  connect(m_words, &QComboBox::activated, this, [this](int index) { choose(index, 0); });
  layout()->addWidget(m_words);
}

void ParameterRow::choose(double value, int drag) { setWhatIf(m_session, m_base, m_parameter, value, drag); }

// A control that would do nothing is no control; it says what would make it one.
void ParameterRow::showIdle(const QString &why) {
  m_idle = why;
  for (QWidget *widget : std::initializer_list<QWidget *>{m_title, m_slider, m_number, m_words})
    if (widget) widget->setEnabled(why.isEmpty());
  const QString text = why.isEmpty() ? QString() : QStringLiteral("Without effect: %1.").arg(why);
  for (QWidget *widget : std::initializer_list<QWidget *>{m_slider, m_number, m_words})
    if (widget) widget->setAccessibleDescription(text);
  setToolTip(text.isEmpty() ? parameterTip(m_base, m_parameter)
                            : QStringLiteral("<p><b>%1</b></p>%2").arg(text, parameterTip(m_base, m_parameter)));
}

void ParameterRow::show(const Accelerator &base, double value, State state, const QString &whyIdle) {
  if (whyIdle != m_idle) showIdle(whyIdle);
  if (m_shown == value && m_state == state && m_base == base && m_drag == 0) return;
  m_shown = value;
  m_state = state;
  m_base = base;
  const bool changed = state == State::Changed;
  QFont font = m_title->font();
  font.setBold(changed);
  m_title->setFont(font);
  m_title->setText(changed ? QStringLiteral("● ") + parameterTitle(m_parameter) : parameterTitle(m_parameter));
  if (!changed && m_reset->hasFocus()) (m_number ? static_cast<QWidget *>(m_number) : m_words)->setFocus();
  m_reset->setVisible(changed);
  m_reset->setToolTip(QStringLiteral("Back to %1").arg(parameterValue(m_parameter, m_parameter.get(base))));
  showIdle(whyIdle);
  if (m_words) return m_words->setCurrentIndex(static_cast<int>(value));
  const QSignalBlocker quietNumber(m_number);
  m_number->setValue(value);
  static_cast<ParameterBox *>(m_number)->mend();  // what was typed and not taken is gone
  if (m_slider->isSliderDown()) return;           // it is where the hand is
  const QSignalBlocker quietSlider(m_slider);
  m_scale = SliderScale(m_parameter, m_parameter.get(base), value);
  m_slider->setRange(0, m_scale.steps());
  m_slider->setPageStep(std::max(1, m_scale.steps() / 20));
  m_slider->setValue(m_scale.positionOf(value));
}

}  // namespace pimento
