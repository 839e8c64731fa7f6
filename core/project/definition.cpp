// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/definition.h"

#include "core/base/error.h"
#include "core/files/json_form.h"

namespace pimento {

// Found by their types, so they stand in the namespace of the project.

static void describe(JsonForm &form, PublishedChoice &choice) {
  QStringList ids(choice.corrections.begin(), choice.corrections.end());
  form.texts("corrections", ids);
  choice.corrections = {ids.begin(), ids.end()};
}

static void describe(JsonForm &form, EstimateChoice &choice) {
  form.text("network", choice.network);
  form.check(!choice.network.isEmpty(), "network", QStringLiteral("must name a network"));
  form.whole("classes", choice.classes, 0, 100'000);
  form.texts("variants", choice.variants);
  form.text("accelerator", choice.accelerator);
  form.whole("bits_w", choice.bits.weights, 1, 32);
  form.whole("bits_a", choice.bits.activations, 1, 32);
  form.text("gpu_power", choice.gpuPower);
  form.text("run", choice.run, JsonForm::Sparse);
}

static void describe(JsonForm &form, ProjectDefinition::RunEntry &run) {
  form.text("name", run.name);
  form.text("entry", run.entry);
  form.text("history", run.history, JsonForm::Sparse);
  form.text("weights", run.weights, JsonForm::Sparse);
}

static void describe(JsonForm &form, ProjectDefinition::TableEntry &table) {
  form.text("name", table.name);
  form.text("entry", table.entry, JsonForm::Sparse);
  form.object("table", table.table, JsonForm::Sparse);
  form.check(form.has("entry") != form.has("table"), "table", QStringLiteral("must be given, or entry"));
}

static void describe(JsonForm &form, ProjectDefinition::AcceleratorEntry &accelerator) {
  form.text("name", accelerator.name);
  form.text("entry", accelerator.entry);
}

static void describe(JsonForm &form, ProjectDefinition &definition) {
  form.whole("schema", definition.schema, 0, 1'000'000);
  form.text("title", definition.title);
  form.part("published", definition.published);
  form.parts("estimates", definition.estimates, JsonForm::MaxAny);
  form.parts("runs", definition.runs, JsonForm::MaxAny);
  form.parts("tables", definition.tables, JsonForm::MaxAny);
  form.parts("accelerators", definition.accelerators, JsonForm::MaxAny);
  form.object("view", definition.view);
  form.texts("history", definition.history);
}

namespace {

// Before anything else: a newer schema may have keys that are not known here.
void requireSchema(const QJsonObject &json, const QString &place, int newest) {
  const double schema = json.value(QStringLiteral("schema")).toDouble(0);
  if (schema > newest)
    throw Error(place,
                QStringLiteral("made by a newer Pimento (schema %1; this program reads %2)").arg(schema).arg(newest),
                QStringLiteral("open it with that version"));
  if (schema != newest && schema != 1)
    throw Error(place, QStringLiteral("project.json names no schema that is known"),
                QStringLiteral("the file is damaged"));
}

}  // namespace

ProjectDefinition definitionFromJson(const QJsonObject &json, const QString &place, int newest) {
  requireSchema(json, place, newest);
  return readForm<ProjectDefinition>(json, place);
}

QJsonObject toJson(const ProjectDefinition &definition) { return writtenForm(definition); }

}  // namespace pimento
