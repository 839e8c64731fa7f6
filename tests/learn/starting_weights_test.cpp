// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/starting_weights.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/learn/train/job_runner.h"
#include "core/learn/train/variant_weights.h"
#include "core/network/widest.h"
#include "tests/core/data/sample_files.h"
#include "tests/learn/tiny.h"

namespace pimento::learn {

namespace {

// Random weights of the whole network by plain names, statistics and all.
NetworkModule plainModule(const NetworkSpec &network) {
  NetworkModule module(network, {network.variants.front()}, aloneBinding());
  module.initialise(3);
  const at::NoGradGuard noGradient;
  for (std::size_t i = 0; i < module.store().tensors().size(); ++i) {
    const StoredTensor &t = module.store().tensors()[i];
    if (t.role == Role::Norm || t.role == Role::Statistics)
      module.store().assign(i, at::arange(t.size, at::kFloat).add(static_cast<double>(i)).sin().mul(0.3).add(1));
  }
  return module;
}

at::Tensor tensorOf(const NetworkModule &module, const char *name) {
  const auto &all = module.store().tensors();
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].name == QLatin1String(name)) return module.store().copyOf(i);
  ADD_FAILURE() << name;
  return {};
}

class StartingWeights : public testing::Test {
 protected:
  StartingWeights() : m_network(test::tinyNetwork()), m_plain(plainModule(m_network)) {
    m_job = test::tinyJob(m_network, Method::Slimmable, {});
    m_job.weights = m_root.filePath(QStringLiteral("plain.safetensors"));
    test::writeFile(m_job.weights, writeSafeTensors(exportWeights(m_plain.store())));
  }

  NetworkModule started(const char *binding, QJsonObject &facts) {
    const Binding how = findBinding(m_network, QString::fromLatin1(binding));
    NetworkModule module(m_network, m_network.variants, how);
    module.initialise(9);
    facts = startFromWeights(module, m_job, m_network.variants, how, test::tinyImages(20, 3, 1));
    return module;
  }

  QTemporaryDir m_root;
  NetworkSpec m_network;
  NetworkModule m_plain;
  Job m_job;
};

}  // namespace

TEST_F(StartingWeights, ofOneNetworkAreSharedAndItsNormsCopiedToEachWidth) {
  QJsonObject facts;
  const NetworkModule module = started("slimmable", facts);
  EXPECT_TRUE(at::equal(tensorOf(module, "one.conv.weight"), tensorOf(m_plain, "one.conv.weight")));
  EXPECT_TRUE(at::equal(tensorOf(module, "fc.weight"), tensorOf(m_plain, "fc.weight")));
  for (const char *part : {"weight", "bias", "running_mean", "running_var"}) {
    const std::string name = std::string("three.bn.") + part;
    const at::Tensor whole = tensorOf(m_plain, name.c_str());
    EXPECT_TRUE(at::equal(tensorOf(module, ("1.0/" + name).c_str()), whole)) << part;
    EXPECT_TRUE(at::equal(tensorOf(module, ("0.5/" + name).c_str()), whole.narrow(0, 0, 4))) << part;
  }
  EXPECT_TRUE(facts[QStringLiteral("plain")].toBool());
  EXPECT_EQ(facts[QStringLiteral("variants")].toArray().size(), 2);
  const QString text = facts[QStringLiteral("text")].toString();
  EXPECT_TRUE(text.contains(QStringLiteral("plain.safetensors"))) << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("copy of its batch norms"))) << text.toStdString();
}

// The widest variant computes at once what the file's network does.
TEST_F(StartingWeights, keepTheFunctionOfTheWidest) {
  const at::NoGradGuard noGradient;
  const at::Tensor images = at::arange(2 * 3 * 64, at::kFloat).mul(0.37).sin().view({2, 8, 8, 3}).permute({0, 3, 1, 2});
  const std::array<std::size_t, 1> first{0};
  const at::Tensor wanted = m_plain.forward(images, first, Mode::Evaluate)[0];
  for (const char *binding : {"slimmable", "individual"}) {
    QJsonObject facts;
    NetworkModule module = started(binding, facts);
    EXPECT_TRUE(at::allclose(module.forward(images, first, Mode::Evaluate)[0], wanted, 1e-5, 1e-5)) << binding;
  }
}

TEST_F(StartingWeights, areThoseOfTheWidestInWhateverOrderVariantsAreNamed) {
  std::ranges::reverse(m_network.variants);
  m_job.network = m_network;
  QJsonObject facts;
  const NetworkModule module = started("slimmable", facts);
  EXPECT_TRUE(facts[QStringLiteral("plain")].toBool());
  EXPECT_TRUE(at::equal(tensorOf(module, "1.0/three.bn.weight"), tensorOf(m_plain, "three.bn.weight")));
}

// The weights of one head alone: another head is no part of them.
TEST_F(StartingWeights, ofOneHeadDoNotBeginTheOthers) {
  m_network = test::tinyHeads();
  m_job = test::tinyJob(m_network, Method::Independent, {});
  m_job.weights = m_root.filePath(QStringLiteral("head.safetensors"));
  const Variant widest = widestVariant(m_network, m_network.variants);
  NetworkModule head(m_network, {widest}, aloneBinding());
  head.initialise(3);
  test::writeFile(m_job.weights, writeSafeTensors(exportWeights(head.store())));
  QJsonObject facts;
  EXPECT_THROW(started("independent", facts), Error);
}

TEST_F(StartingWeights, ofTheSameVariantsAreTakenAsTheyAre) {
  const Binding slimmable = findBinding(m_network, QStringLiteral("slimmable"));
  NetworkModule whole(m_network, m_network.variants, slimmable);
  whole.initialise(5);
  test::writeFile(m_job.weights, writeSafeTensors(exportWeights(whole.store())));
  QJsonObject facts;
  const NetworkModule module = started("slimmable", facts);
  EXPECT_TRUE(at::equal(module.store().values(), whole.store().values()));
  EXPECT_FALSE(facts[QStringLiteral("plain")].toBool());
}

TEST_F(StartingWeights, mustBeOfTheNetworkAndNumbers) {
  SafeTensors file = exportWeights(m_plain.store());
  QJsonObject facts;
  file.tensors.push_back(toTensor(QStringLiteral("three.downsample.0.weight"), at::zeros({8, 4})));
  test::writeFile(m_job.weights, writeSafeTensors(file));
  EXPECT_THROW(started("slimmable", facts), Error);
  m_job.weightsIgnore = {QStringLiteral("*.downsample.*")};
  EXPECT_NO_THROW(started("slimmable", facts));
  const std::vector<std::int64_t> shape(file.tensors.front().shape.begin(), file.tensors.front().shape.end());
  file.tensors.front() = toTensor(file.tensors.front().name, at::full(shape, std::nan("")));
  test::writeFile(m_job.weights, writeSafeTensors(file));
  EXPECT_THROW(started("slimmable", facts), Error);
}

// A run that goes on from its checkpoint has no more use for the file, and still says where it began.
TEST_F(StartingWeights, areSaidInTheResultsOfARunThatWasInterrupted) {
  struct Killed {};
  QDir().mkpath(m_root.filePath(QStringLiteral("data")));
  test::writeTinySet(m_root.filePath(QStringLiteral("data")), 120, 60);
  m_job.data = m_root.filePath(QStringLiteral("data"));
  std::vector<QJsonObject> events;
  RunControl control;
  control.ceiling_flops = [] { return 1e9; };
  control.checkpoint_s = 0;
  control.emit = [&](const QJsonObject &event) { events.push_back(event); };
  const auto ended = [&](const char *name) {
    const QString directory = m_root.filePath(QString::fromLatin1(name));
    if (!QFile::exists(directory)) createJob(directory, m_job);
    runJob(directory, control);
    return events.back()[QStringLiteral("started_from")].toObject();
  };
  const QJsonObject whole = ended("whole");
  EXPECT_TRUE(whole[QStringLiteral("text")].toString().contains(QStringLiteral("copy of its batch norms")));
  int asked = 0;
  control.request = [&]() -> Request {
    if (++asked == 5) throw Killed();
    return Request::None;
  };
  EXPECT_THROW(ended("killed"), Killed);
  QFile::remove(m_job.weights);
  control.request = [] { return Request::None; };
  EXPECT_EQ(ended("killed"), whole);
  const auto weights = [&](const char *name) {
    QFile file(m_root.filePath(QStringLiteral("%1/weights.safetensors").arg(QLatin1String(name))));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    return file.readAll();
  };
  EXPECT_EQ(weights("killed"), weights("whole"));
}

}  // namespace pimento::learn
