// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/parameter_row.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "app/window/parameter_labels.h"
#include "app/window/session.h"
#include "app/window/what_if_steps.h"
#include "core/base/error.h"
#include "core/base/format.h"

namespace pimento {

namespace {

constexpr int Decimals = 25;  // of the smallest parameters; the text is always the shortest

// The wheel scrolls the panel and never changes what the pointer happens to pass.
template <class Control>
class Still : public Control {
 public:
  using Control::Control;

 protected:
  void wheelEvent(QWheelEvent *event) override { event->ignore(); }
};

// A spin box for values of any magnitude: the shortest exact text, steps in the leading digits.
class NumberBox : public Still<QDoubleSpinBox> {
 public:
  NumberBox(Session &session, const Parameter &parameter) : m_session(session), m_parameter(parameter) {
    setLocale(QLocale::c());
    setDecimals(Decimals);
    setRange(parameter.minimum, parameter.maximum);
    setKeyboardTracking(false);
    setAccelerated(true);
    if (parameter.unit[0] != '\0') setSuffix(QChar(QChar::Nbsp) + QString::fromUtf8(parameter.unit));
  }
  [[nodiscard]] QString textFromValue(double value) const override { return exactNumber(value); }
  [[nodiscard]] double valueFromText(const QString &text) const override { return bare(text).toDouble(); }
  [[nodiscard]] QValidator::State validate(QString &text, int &) const override {
    bool number = false;
    const double value = bare(text).toDouble(&number);
    if (!number) return QValidator::Intermediate;
    return value >= minimum() && value <= maximum() ? QValidator::Acceptable : QValidator::Intermediate;
  }
  void fixup(QString &text) const override {
    m_complained = true;
    m_session.complain(QStringLiteral("%1: %2 is not taken; give %3")
                           .arg(parameterTitle(m_parameter), quoted(bare(text)), rangeText(m_parameter)));
    text = textFromValue(value()) + suffix();
  }
  void mend() {
    if (m_complained) m_session.complain({});
    m_complained = false;
  }
  void stepBy(int steps) override { setValue(value() + steps * stepOf(m_parameter, value())); }
  [[nodiscard]] QSize sizeHint() const override {
    return {fontMetrics().averageCharWidth() * 17, Still::sizeHint().height()};
  }
  [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

 private:
  [[nodiscard]] QString bare(const QString &text) const {
    QString number = text;
    if (!suffix().isEmpty() && number.endsWith(suffix())) number.chop(suffix().size());
    return number.trimmed();
  }
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
  auto *number = new NumberBox(m_session, m_parameter);
  m_number = number;
  m_number->setObjectName(QStringLiteral("number_") + key);
  m_number->setAccessibleName(parameterTitle(m_parameter));
  m_title->setBuddy(m_number);
  connect(m_slider, &QSlider::sliderPressed, this, [this] { m_drag = m_session.newDrag(); });
  connect(m_slider, &QSlider::sliderReleased, this, [this] {
    show(m_base, m_number->value());  // a scale around the new value
    m_drag = 0;
  });
  connect(m_slider, &QSlider::valueChanged, this, [this](int position) {
    if (m_drag == 0) m_drag = m_session.newDrag();  // keys: what follows one another on one slider is one step too
    choose(m_scale.valueAt(position), m_drag);
  });
  connect(m_number, &QDoubleSpinBox::valueChanged, this, [this, number](double value) {
    number->mend();
    choose(m_parameter.whole ? std::round(value) : value, 0);
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

void ParameterRow::show(const Accelerator &base, double value) {
  if (m_shown == value && m_base == base && m_drag == 0) return;
  m_shown = value;
  m_base = base;
  const bool changed = value != m_parameter.get(base);
  QFont font = m_title->font();
  font.setBold(changed);
  m_title->setFont(font);
  m_title->setText(changed ? QStringLiteral("● ") + parameterTitle(m_parameter) : parameterTitle(m_parameter));
  if (!changed && m_reset->hasFocus()) (m_number ? static_cast<QWidget *>(m_number) : m_words)->setFocus();
  m_reset->setVisible(changed);
  m_reset->setToolTip(QStringLiteral("Back to %1").arg(parameterValue(m_parameter, m_parameter.get(base))));
  setToolTip(parameterTip(base, m_parameter));
  if (m_words) return m_words->setCurrentIndex(static_cast<int>(value));
  const QSignalBlocker quietNumber(m_number);
  m_number->setValue(value);
  if (m_slider->isSliderDown()) return;  // it is where the hand is
  const QSignalBlocker quietSlider(m_slider);
  m_scale = SliderScale(m_parameter, m_parameter.get(base), value);
  m_slider->setRange(0, m_scale.steps());
  m_slider->setPageStep(std::max(1, m_scale.steps() / 20));
  m_slider->setValue(m_scale.positionOf(value));
}

}  // namespace pimento
