// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/worker/inferrer.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <QDir>
#include <QTemporaryDir>
#include <numeric>

#include "core/base/error.h"
#include "core/jobs/job.h"
#include "core/learn/module/network_module.h"
#include "core/learn/module/weights_file.h"
#include "core/network/families/families.h"
#include "tests/core/data/sample_files.h"

namespace pimento::learn {

namespace {

constexpr int TestImages = 12;

// A run that was never trained, on a few images of noise.
class InferrerTest : public testing::Test {
 protected:
  InferrerTest() {
    const QString data = m_root.filePath(QStringLiteral("data"));
    QDir().mkpath(data);
    const auto put = [&](const char *name, const QByteArray &bytes) {
      test::writeFile(QDir(data).filePath(QLatin1String(name)), bytes);
    };
    put("train-images-idx3-ubyte", test::idxImages(30, 28));
    put("train-labels-idx1-ubyte", test::idxLabels(30, 10));
    put("t10k-images-idx3-ubyte", test::idxImages(TestImages, 28));
    put("t10k-labels-idx1-ubyte", test::idxLabels(TestImages, 10));
    m_job.network = makeNetwork(QStringLiteral("resnet20-slimmable"), 10);
    m_job.variants = m_job.network.variants;
    m_job.recipe = loadRecipe(QStringLiteral("short-slimmable"));
    m_job.binding = methodBinding(m_job.recipe.method);
    m_job.data = data;
    createJob(m_root.path(), m_job);
    NetworkModule module(m_job.network, m_job.variants, findBinding(m_job.network, m_job.binding));
    module.initialise(5);
    test::writeFile(m_root.filePath(QStringLiteral("weights.safetensors")),
                    writeSafeTensors(exportWeights(module.store())));
  }

  QTemporaryDir m_root;
  Job m_job;
};

}  // namespace

TEST_F(InferrerTest, givesEveryVariantsCertaintyOfEveryClass) {
  Inferrer inferrer(m_root.path());
  const Inference inference = inferrer.answer({Find::This, 3, {}});
  ASSERT_EQ(inference.answers.size(), m_job.variants.size());
  EXPECT_EQ(inference.image, 3);
  EXPECT_EQ(inference.images, TestImages);
  EXPECT_EQ(inference.pixels.size(), 28 * 28);
  for (std::size_t v = 0; v < inference.answers.size(); ++v) {
    const Answer &answer = inference.answers[v];
    EXPECT_EQ(answer.variant, m_job.variants[v].name);
    EXPECT_EQ(answer.certainty_pct.size(), 10U);
    EXPECT_NEAR(std::accumulate(answer.certainty_pct.begin(), answer.certainty_pct.end(), 0.0), 100, 1e-3);
  }
}

TEST_F(InferrerTest, findsImagesThatDivideTheVariantsOrThatOneGetsWrong) {
  Inferrer inferrer(m_root.path());
  const Inference wrong = inferrer.answer({Find::Wrong, 0, {}});
  ASSERT_TRUE(wrong.truth);
  EXPECT_TRUE(std::any_of(wrong.answers.begin(), wrong.answers.end(), [&](const Answer &answer) {
    return answer.best() != static_cast<std::size_t>(*wrong.truth);
  }));
  bool same = true;  // over all test images
  for (int image = 0; image < TestImages; ++image) {
    const Inference inference = inferrer.answer({Find::This, image, {}});
    for (const Answer &answer : inference.answers) same = same && answer.best() == inference.answers[0].best();
  }
  if (same) {
    EXPECT_THROW((void)inferrer.answer({Find::Divided, 0, {}}), Error);
  } else {
    const Inference divided = inferrer.answer({Find::Divided, 5, {}});
    EXPECT_TRUE(std::any_of(divided.answers.begin(), divided.answers.end(),
                            [&](const Answer &answer) { return answer.best() != divided.answers[0].best(); }));
  }
}

TEST_F(InferrerTest, namesWhatIsNotThere) {
  {
    Inferrer inferrer(m_root.path());
    EXPECT_THROW((void)inferrer.answer({Find::This, TestImages, {}}), Error);
    EXPECT_THROW((void)inferrer.answer({Find::This, 0, QStringLiteral("/no/such/picture.png")}), Error);
  }
  test::writeFile(m_root.filePath(QStringLiteral("weights.safetensors")), "truncated");
  EXPECT_THROW(Inferrer{m_root.path()}, Error);
}

TEST_F(InferrerTest, refusesWeightsThatAreNotNumbers) {
  NetworkModule module(m_job.network, m_job.variants, findBinding(m_job.network, m_job.binding));
  module.initialise(5);
  {
    const at::NoGradGuard noGradient;
    module.store().values()[0] = std::nanf("");
  }
  test::writeFile(m_root.filePath(QStringLiteral("weights.safetensors")),
                  writeSafeTensors(exportWeights(module.store())));
  try {
    const Inferrer inferrer(m_root.path());
    FAIL();
  } catch (const Error &error) {
    EXPECT_TRUE(error.message().contains(module.store().tensors().front().name)) << error.what();
  }
}

}  // namespace pimento::learn
