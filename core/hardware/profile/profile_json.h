// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include "core/hardware/profile/accelerator.h"

namespace pimento {

// An accelerator profile as JSON: {"format": "pimento-accelerator", "version": 1, "name": …, "title": …, "device": {…},
// "sensing": {…}, "array": {…}, "chip": {…}, "schedule": {…}, "calibration": {…}, "sources": {key: text}}. Units stand
// in the key names. Parameters that are absent keep their defaults, or follow from others where they can. Throws Error
// for an unknown key, section, word or version, a value out of range, two forms of one parameter, or a file above 1 MB.
// The former default of the demagnetising factors (0.0898, 0.0301, 0.8801) is taken as not given. `place` names the
// file in messages.
[[nodiscard]] Accelerator readProfile(const QByteArray &data, const QString &place);
[[nodiscard]] Accelerator profileFromJson(const QJsonObject &json, const QString &place);

// Every parameter that does not follow from others, keys sorted: equal accelerators give equal bytes.
[[nodiscard]] QByteArray writeProfile(const Accelerator &accelerator);
[[nodiscard]] QJsonObject profileToJson(const Accelerator &accelerator);

}  // namespace pimento
