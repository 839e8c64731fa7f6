// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/hardware/what_if_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "app/session/labels.h"
#include "app/session/parameter_labels.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "app/session/what_if_text.h"
#include "app/window/controls/number_box.h"
#include "app/window/controls/steady_label.h"
#include "app/window/hardware/parameter_row.h"
#include "core/base/error.h"
#include "core/hardware/profile/idle_parameters.h"
#include "widgets/plain_text.h"

namespace pimento {

namespace {

constexpr int StatusLines = 4;  // at least
constexpr int MostStatusLines = 9;
constexpr int PanelLines = 9;  // of text, for one line of the status

// What a designer turns first; the window's test checks that the table of parameters has each.
constexpr const char *Leading[] = {"temperature_k",
                                   "free_layer_thickness_nm",
                                   "spin_hall_angle",
                                   "heavy_metal_thickness_nm",
                                   "write_pulse_ns",
                                   "write_error_target",
                                   "parallel_resistance_ohm",
                                   "tmr_pct",
                                   "access_ohm",
                                   "sense_current_ua",
                                   "offset_mv",
                                   "rows",
                                   "columns",
                                   "write_columns",
                                   "vdd_v",
                                   "capacity_mbit",
                                   "banks",
                                   "image_ports",
                                   "port_width_bits",
                                   "dpu_lanes",
                                   "dataflow",
                                   "packing",
                                   "requantise",
                                   "column_gating",
                                   "write_back",
                                   "power_cap_w",
                                   "overlap"};

bool leads(const Parameter &p) {
  return std::any_of(std::begin(Leading), std::end(Leading),
                     [&](const char *key) { return QLatin1String(key) == QLatin1String(p.key); });
}

bool matches(const Parameter &p, const QString &words) {
  const QString text = parameterTitle(p) + QLatin1Char(' ') + QString::fromLatin1(p.key) + QLatin1Char(' ') +
                       QString::fromUtf8(p.meaning);
  const QStringList asked = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
  return std::all_of(asked.begin(), asked.end(),
                     [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

QPushButton *button(const char *objectName, const QString &text, const QString &tip) {
  auto *made = new QPushButton(text);
  made->setObjectName(QString::fromLatin1(objectName));
  made->setToolTip(tip);
  return made;
}

}  // namespace

std::span<const char *const> leadingParameters() { return Leading; }

WhatIfPanel::WhatIfPanel(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_presets(new QComboBox),
      m_reset(button("resetWhatIf", QStringLiteral("&Reset all"), QStringLiteral("Back to the profile"))),
      m_keep(button("keepProfile", QStringLiteral("&Keep as profile…"),
                    QStringLiteral("Make the changed accelerator a profile of the project with designs of its own"))),
      m_add(button("addEstimates", {}, QStringLiteral("Estimate this network on the accelerator at hand"))),
      m_status(new SteadyLabel(StatusLines)),
      m_search(new QLineEdit),
      m_area(new QScrollArea) {
  setObjectName(QStringLiteral("whatIfPanel"));
  m_presets->setObjectName(QStringLiteral("presetPicker"));
  m_presets->setAccessibleName(QStringLiteral("Profile or device to start from"));
  m_presets->setPlaceholderText(QStringLiteral("Changed"));
  m_presets->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_presets->setMinimumContentsLength(16);
  m_status->setObjectName(QStringLiteral("whatIfStatus"));
  m_status->setAccessibleName(QStringLiteral("What the what-if changes"));
  m_search->setObjectName(QStringLiteral("parameterSearch"));
  m_search->setAccessibleName(QStringLiteral("Find a parameter"));
  m_search->setPlaceholderText(QStringLiteral("Find a parameter"));
  m_search->setClearButtonEnabled(true);
  m_area->setWidgetResizable(true);
  m_area->setFrameShape(QFrame::NoFrame);
  m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto *buttons = new QHBoxLayout;
  buttons->addWidget(m_reset);
  buttons->addWidget(m_keep);
  buttons->addStretch(1);
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(6, 6, 6, 6);
  column->addWidget(m_presets);
  column->addLayout(buttons);
  buildBits(column);
  column->addWidget(m_search);
  column->addWidget(m_area, 1);
  column->addWidget(m_status);  // below: what it says must not move the slider at hand
  connect(m_presets, &QComboBox::activated, this, [this](int chosen) {
    if (chosen == 0) return resetWhatIf(m_session);
    const auto subject = subjectOf(m_session);
    setWhatIf(m_session, baseAcceleratorOf(m_session, subject ? subject->network.name : QString()),
              m_presetList[static_cast<std::size_t>(chosen) - 1]);
  });
  connect(m_reset, &QPushButton::clicked, this, [this] { resetWhatIf(m_session); });
  connect(m_keep, &QPushButton::clicked, this, &WhatIfPanel::keepProfile);
  connect(m_add, &QPushButton::clicked, this, [this] {
    try {
      const QString added = addEstimateOfSubject(m_session);
      Q_EMIT failed({});
      if (!added.isEmpty()) Q_EMIT said(added);
    } catch (const Error &error) {
      Q_EMIT failed(error.message());
    }
  });
  connect(m_search, &QLineEdit::textChanged, this, &WhatIfPanel::filterRows);
  connect(&session, &Session::viewChanged, this, &WhatIfPanel::refresh);
  connect(&session, &Session::selectionChanged, this, &WhatIfPanel::refresh);
  connect(&session, &Session::whatIfChanged, this, &WhatIfPanel::refresh);
  refresh();
}

// The precision of estimates; what is chosen here is what Add estimates adds.
void WhatIfPanel::buildBits(QVBoxLayout *column) {
  auto *row = new QHBoxLayout;
  const auto box = [&](const char *name, const QString &title, const QString &label) {
    auto *caption = new QLabel(label);
    auto *bits = new WholeBox(1, MostWhatIfBits);
    bits->setObjectName(QString::fromLatin1(name));
    bits->setAccessibleName(title);
    bits->setToolTip(title);
    caption->setBuddy(bits);
    row->addWidget(caption);
    row->addWidget(bits);
    connect(bits, &QSpinBox::valueChanged, this, [this] {
      setWhatIfBits(m_session, {m_bits[0]->value(), m_bits[1]->value()});
    });
    return bits;
  };
  m_bits = {box("bitsWeights", QStringLiteral("Bits of weights"), QStringLiteral("&Bits")),
            box("bitsActivations", QStringLiteral("Bits of activations"), QStringLiteral(":"))};
  row->addStretch(1);
  row->addWidget(m_add);
  QSizePolicy kept = m_add->sizePolicy();
  kept.setRetainSizeWhenHidden(true);
  m_add->setSizePolicy(kept);
  column->addLayout(row);
}

void WhatIfPanel::showBits() {
  const auto subject = subjectOf(m_session);
  const Bits bits = subject ? subject->bits : Bits{};
  for (std::size_t i = 0; i < m_bits.size(); ++i) {
    const QSignalBlocker quiet(m_bits[i]);
    m_bits[i]->setEnabled(subject.has_value());
    m_bits[i]->setValue(i == 0 ? bits.weights : bits.activations);
  }
}

void WhatIfPanel::showEvent(QShowEvent *event) {
  if (m_sections.empty()) buildSections();
  QWidget::showEvent(event);
}

// A high panel has room for all that is to be said: that depends on the panel, not on the text, so nothing jumps.
void WhatIfPanel::resizeEvent(QResizeEvent *event) {
  QWidget::resizeEvent(event);
  const int lines = height() / (fontMetrics().lineSpacing() * PanelLines);
  m_status->setLines(std::clamp(lines, StatusLines, MostStatusLines));
}

void WhatIfPanel::buildSections() {
  auto *content = new QWidget;
  auto *column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 4, 0);
  for (const Parameter &p : parameters())
    if (const QString name = QString::fromLatin1(p.section); m_sections.empty() || m_sections.back().name != name)
      addSection(name, column);
  column->addStretch(1);
  m_area->setWidget(content);
  filterRows();
  refresh();
}

void WhatIfPanel::addSection(const QString &name, QVBoxLayout *column) {
  Section section{.name = name, .box = new QWidget, .title = new QLabel(sectionTitle(name)), .more = new QToolButton};
  QFont font = section.title->font();
  font.setBold(true);
  section.title->setFont(font);
  section.title->setFrameShape(QFrame::StyledPanel);
  section.rows = new QVBoxLayout(section.box);
  section.rows->setContentsMargins(0, 0, 0, 6);
  section.rows->addWidget(section.title);
  for (const Parameter &p : parameters()) {
    if (name != QLatin1String(p.section)) continue;
    (leads(p) ? section.first : section.rest).push_back(new ParameterRow(m_session, p));
  }
  for (ParameterRow *row : section.first) section.rows->addWidget(row);
  section.more->setText(QStringLiteral("More of %1").arg(sectionTitle(name).toLower()));
  section.more->setObjectName(QStringLiteral("more_") + name);
  section.more->setCheckable(true);
  section.more->setAutoRaise(true);
  section.more->setArrowType(Qt::RightArrow);
  section.more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  section.rows->addWidget(section.more);
  for (ParameterRow *row : section.rest) section.rows->addWidget(row);
  connect(section.more, &QToolButton::toggled, this, [this, more = section.more](bool open) {
    more->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    filterRows();
  });
  column->addWidget(section.box);
  m_sections.push_back(std::move(section));
}

void WhatIfPanel::filterRows() {
  const QString asked = m_search->text().trimmed();
  for (const Section &section : m_sections) {
    bool any = false;
    const auto showIf = [&](ParameterRow *row, bool open) {
      const bool shown = asked.isEmpty() ? open : matches(row->parameter(), asked);
      row->setVisible(shown);
      any = any || shown;
    };
    for (ParameterRow *row : section.first) showIf(row, true);
    for (ParameterRow *row : section.rest) showIf(row, section.more->isChecked());
    section.more->setVisible(asked.isEmpty() && !section.rest.empty());
    section.box->setVisible(any || asked.isEmpty());
  }
}

void WhatIfPanel::refresh() {
  const auto subject = subjectOf(m_session);
  const SubjectAccelerator accelerator = subjectAccelerator(m_session, subject ? subject->network.name : QString());
  const QString problem = accelerator.problem.isEmpty() ? m_session.whatIf().problem : accelerator.problem;
  if (problem != m_problem) m_session.complain(QStringLiteral("what-if"), problem);
  m_problem = problem;
  showBits();
  showStatus();
  const auto &changes = m_session.view().whatIf;
  Accelerator withModels = accelerator.base;  // as its words say, whether the numbers go together or not
  for (const Parameter &p : parameters())
    if (const auto word = changes.find(QString::fromLatin1(p.key)); !p.words.empty() && word != changes.end())
      p.put(withModels, word->second);
  for (const Section &section : m_sections)
    for (const auto *rows : {&section.first, &section.rest})
      for (ParameterRow *row : *rows) {
        const Parameter &p = row->parameter();
        const auto changed = changes.find(QString::fromLatin1(p.key));
        const bool given = changed != changes.end() && changed->second != LetGo;
        const bool differs =
            changed != changes.end() && (changed->second != p.get(accelerator.base) || follows(accelerator.base, p));
        const Accelerator &shown = follows(accelerator.changed, p) ? accelerator.changed : accelerator.base;
        row->show(accelerator.base, given ? changed->second : p.get(shown),
                  differs ? ParameterRow::State::Changed : ParameterRow::State::AsItIs, whyIdle(withModels, p));
      }
  showPresets(accelerator.base);
}

// A button that ends its own use must not drop the focus into whatever field comes next.
void WhatIfPanel::offer(QPushButton *button, bool useful) {
  if (!useful && button->hasFocus()) m_presets->setFocus();
  button->setEnabled(useful);
}

void WhatIfPanel::showStatus() {
  offer(m_reset, m_session.view().supposes());
  offer(m_keep, !m_session.view().whatIf.empty() && m_session.hasEstimates() && m_problem.isEmpty());
  const auto subject = subjectOf(m_session);
  const bool estimated = subject && hasEstimateOf(m_session, *subject);
  offer(m_add, subject && !estimated);
  m_add->setVisible(subject && !estimated);
  if (subject)
    m_add->setToolTip(QStringLiteral("Estimate %1 at %2:%3 bits on the accelerator at hand, beside what is open")
                          .arg(networkTitle(subject->network.name))
                          .arg(subject->bits.weights)
                          .arg(subject->bits.activations));
  m_add->setText(QStringLiteral("&Add estimates"));
  QString text = whatIfEffect(m_session);
  const auto &estimates = m_session.definitions().estimates;
  const bool none = subject && std::none_of(estimates.begin(), estimates.end(), [&](const EstimateChoice &choice) {
                      return choice.network == subject->network.name;
                    });
  if (none)
    text += QStringLiteral("%1No estimates of %2 are open, so the trade-off shows no change of them.")
                .arg(text.isEmpty() ? QString() : QStringLiteral(" "), networkTitle(subject->network.name));
  m_status->setText(text);
}

void WhatIfPanel::showPresets(const Accelerator &base) {
  if (const QString key = base.name + hash(base); key != m_presetBase) {
    m_presetBase = key;
    m_presetList = presetsFor(base);
    m_presetChanges.clear();
    m_presets->clear();
    m_presets->addItem(QStringLiteral("As estimated: %1").arg(base.name));
    for (const Preset &preset : m_presetList) {
      m_presetChanges.push_back(changesBetween(base, preset.accelerator));
      m_presets->addItem(preset.title);
      m_presets->setItemData(m_presets->count() - 1, plainTip(preset.accelerator.title), Qt::ToolTipRole);
    }
  }
  const auto &changes = m_session.view().whatIf;
  const auto same = std::find(m_presetChanges.begin(), m_presetChanges.end(), changes);
  const int current = changes.empty()                 ? 0
                      : same == m_presetChanges.end() ? -1
                                                      : 1 + static_cast<int>(same - m_presetChanges.begin());
  if (m_presets->currentIndex() != current) m_presets->setCurrentIndex(current);
}

void WhatIfPanel::keepProfile() {
  const auto subject = subjectOf(m_session);
  const Accelerator base = baseAcceleratorOf(m_session, subject ? subject->network.name : QString());
  QString name = suggestedProfileName(m_session, base);
  QString asked = QStringLiteral("Name of the profile:");
  for (bool ok = false;;) {  // a refused name stays to be mended, with the reason above it
    name = QInputDialog::getText(this, QStringLiteral("Keep as profile"), asked, QLineEdit::Normal, name, &ok);
    if (!ok) return;
    try {
      const QString kept = pimento::keepProfile(m_session, base, name.trimmed());
      return Q_EMIT said(kept);
    } catch (const Error &error) {
      asked = error.message();
    }
  }
}

void WhatIfPanel::showSection(const QString &name) {
  if (m_sections.empty()) buildSections();
  for (const Section &section : m_sections)
    if (section.name == name) {
      m_search->clear();
      if (m_area->widget()->layout()) m_area->widget()->layout()->activate();
      m_area->verticalScrollBar()->setValue(section.box->y());
    }
}

QString WhatIfPanel::status() const { return m_status->fullText(); }

}  // namespace pimento
