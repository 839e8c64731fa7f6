// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

// One function a verb, each in a file of its own; the table of verbs is in verbs.cpp.
namespace pimento {

int networksVerb(const QStringList &arguments);
int countVerb(const QStringList &arguments);
int publishedVerb(const QStringList &arguments);
int auditVerb(const QStringList &arguments);
int frontVerb(const QStringList &arguments);
int explainVerb(const QStringList &arguments);
int exportVerb(const QStringList &arguments);
int estimateVerb(const QStringList &arguments);
int senseVerb(const QStringList &arguments);
int deviceVerb(const QStringList &arguments);
int validateVerb(const QStringList &arguments);
int dataVerb(const QStringList &arguments);
int arrayVerb(const QStringList &arguments);
int simulateVerb(const QStringList &arguments);
int importVerb(const QStringList &arguments);
int trainVerb(const QStringList &arguments);
int evaluateVerb(const QStringList &arguments);
int quantiseVerb(const QStringList &arguments);

}  // namespace pimento
