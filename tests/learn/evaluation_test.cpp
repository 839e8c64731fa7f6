// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/evaluation.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <cmath>

#include "core/base/error.h"
#include "core/learn/module/network_module.h"
#include "core/learn/module/weights_file.h"
#include "core/learn/quantise/quantisation.h"
#include "core/network/network_json.h"
#include "tests/core/data/sample_files.h"
#include "tests/learn/tiny.h"

namespace pimento::learn {

namespace {

// A tiny network as a file, images for it, and random weights of all its widths.
class Evaluation : public testing::Test {
 protected:
  Evaluation() : m_network(test::tinyNetwork()) {
    QDir().mkpath(path("data"));
    test::writeTinySet(path("data"), 60, 30);
    test::writeFile(path("tiny.json"), QJsonDocument(toJson(m_network)).toJson());
    NetworkModule module(m_network, m_network.variants, findBinding(m_network, QStringLiteral("slimmable")));
    module.initialise(4);
    m_weights = exportWeights(module.store());
    m_task.network = path("tiny.json");
    m_task.data = path("data");
    m_task.weights = path("w.safetensors");
    m_task.threads = 1;
  }

  [[nodiscard]] QString path(const char *name) const { return m_root.filePath(QString::fromLatin1(name)); }

  Tensor &tensor(const char *name) {
    return *std::find_if(m_weights.tensors.begin(), m_weights.tensors.end(),
                         [&](const Tensor &t) { return t.name == QLatin1String(name); });
  }

  void set(const char *name, double value) {
    at::Tensor values = *fromTensor(tensor(name));
    values.view(-1)[0] = value;
    tensor(name) = toTensor(QString::fromLatin1(name), values);
  }

  std::string error(const std::function<void()> &work) {
    test::writeFile(m_task.weights, writeSafeTensors(m_weights));
    m_events.clear();
    try {
      work();
    } catch (const Error &error) {
      return error.what();
    }
    return "no error";
  }

  std::string evaluated() {
    return error([&] {
      static_cast<void>(evaluateWeights(
          m_task, [] { return Request::None; }, [&](const QJsonObject &event) { m_events.push_back(event); }));
    });
  }

  std::string quantised() {
    QuantisationTask task;
    task.files = m_task;
    task.output = path("q.safetensors");
    task.calibration = 20;
    return error([&] {
      static_cast<void>(quantise(
          task, [] { return Request::None; }, [](const QJsonObject &) {}));
    });
  }

  [[nodiscard]] std::vector<QJsonObject> events(const char *kind) const {
    std::vector<QJsonObject> found;
    for (const QJsonObject &event : m_events)
      if (event[QStringLiteral("event")].toString() == QLatin1String(kind)) found.push_back(event);
    return found;
  }

  QTemporaryDir m_root;
  NetworkSpec m_network;
  SafeTensors m_weights;
  EvaluationTask m_task;
  std::vector<QJsonObject> m_events;
};

}  // namespace

TEST_F(Evaluation, tellsWhatBecameOfTheTensorsAndTheAccuracy) {
  EXPECT_EQ(evaluated(), "no error");
  ASSERT_EQ(events("weights").size(), 2U);
  ASSERT_EQ(events("result").size(), 2U);
  EXPECT_EQ(events("result")[0][QStringLiteral("n")].toInt(), 30);
  EXPECT_TRUE(events("weights")[0][QStringLiteral("left_over")].toArray().isEmpty());
}

TEST_F(Evaluation, refusesWhatIsNotANumberByTheTensorsName) {
  const SafeTensors sound = m_weights;
  for (const auto &[name, value] :
       {std::pair{"one.conv.weight", std::nan("")}, {"0.5/two.bn.bias", HUGE_VAL}, {"1.0/two.bn.running_var", -1.0}}) {
    m_weights = sound;
    set(name, value);
    for (const std::string &error : {evaluated(), quantised()})
      EXPECT_NE(error.find("w.safetensors, tensor \"" + std::string(name) + "\": "), std::string::npos) << error;
    m_task.partial = true;  // what is there must be sound
    EXPECT_NE(evaluated().find(name), std::string::npos);
    m_task.partial = false;
  }
}

// Numbers that are finite, but whose products are not: the answers are no answers.
TEST_F(Evaluation, refusesAnswersThatAreNotNumbers) {
  for (const char *name : {"1.0/stem.bn.weight", "1.0/three.bn.weight"}) {
    const auto count = tensor(name).shape[0];
    tensor(name) = toTensor(QString::fromLatin1(name), at::full({count}, 3e38));
  }
  EXPECT_NE(evaluated().find("with what is not a number"), std::string::npos) << evaluated();
  EXPECT_NE(quantised().find("not all finite"), std::string::npos) << quantised();
}

TEST_F(Evaluation, refusesLayersThatTheNetworkDoesNotHave) {
  m_weights.tensors.push_back(toTensor(QStringLiteral("three.downsample.0.weight"), at::zeros({8, 4, 1, 1})));
  for (const bool partial : {false, true}) {
    m_task.partial = partial;
    EXPECT_NE(evaluated().find("three.downsample.0.weight"), std::string::npos) << partial;
    EXPECT_EQ(events("weights").size(), 2U);  // told in full before it is refused
    EXPECT_TRUE(events("result").empty());
  }
  EXPECT_NE(quantised().find("--ignore 'three.downsample.*.*'"), std::string::npos) << quantised();
  m_task.ignore = {QStringLiteral("*.downsample.*")};
  EXPECT_EQ(evaluated(), "no error");
  EXPECT_EQ(events("result")[0][QStringLiteral("ignored")].toArray().size(), 1);
  EXPECT_EQ(quantised(), "no error");
}

TEST_F(Evaluation, namesTheFirstTensorsThatDoNotFit) {
  for (Tensor &tensor : m_weights.tensors) tensor.name.replace(QStringLiteral("one."), QStringLiteral("uno."));
  const std::string error = evaluated();
  EXPECT_NE(error.find("\"one.conv.weight\""), std::string::npos) << error;
  EXPECT_NE(error.find("uno."), std::string::npos) << error;  // what the file has instead
}

}  // namespace pimento::learn
