// SPDX-License-Identifier: GPL-3.0-or-later
// The Training page and the Jobs dock in the window, with a worker that computes nothing.
#include "app/window/training/training_page.h"

#include <gtest/gtest.h>

#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "app/jobs/job_queue.h"
#include "app/jobs/run_folders.h"
#include "app/session/jobs_model.h"
#include "app/window/frame/main_window.h"
#include "app/window/frame/message_bar.h"
#include "app/window/training/inference_panel.h"
#include "app/window/training/teacher_picker.h"
#include "app/window/training/training_form.h"
#include "app/window/training/weights_panel.h"
#include "core/network/binding.h"
#include "core/network/families/families.h"
#include "tests/app/opened.h"
#include "tests/core/data/sample_files.h"
#include "tests/core/project/sample_runs.h"
#include "widgets/curve_chart.h"

using namespace pimento;
using namespace pimento::test;

namespace {

constexpr int Patience_ms = 30'000;

class Training : public testing::Test {
 protected:
  void SetUp() override {
    writeCifarSet(m_folder.filePath(QStringLiteral("data")));
    m_window.resize(1600, 1000);
    m_window.show();
    QTest::mouseClick(child<QPushButton>("startTraining"), Qt::LeftButton);
    ASSERT_TRUE(m_session.isOpen());
    child<TrainingForm>("trainingForm")->setData(m_folder.filePath(QStringLiteral("data")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !child<TrainingForm>("trainingForm")->isReading(); }, Patience_ms));
  }
  void TearDown() override { QDir(newRunsFolder({})).removeRecursively(); }

  template <class Object>
  Object *child(const char *name) {
    auto *object = m_window.findChild<Object *>(QString::fromLatin1(name));
    if (object == nullptr) throw std::runtime_error(std::string("nothing is named ") + name);
    return object;
  }
  void press(const char *name) { QTest::mouseClick(child<QPushButton>(name), Qt::LeftButton); }
  void choose(const char *name, const QVariant &data) {
    auto *box = child<QComboBox>(name);
    ASSERT_GE(box->findData(data), 0) << data.toString().toStdString();
    box->setCurrentIndex(box->findData(data));
  }
  JobQueue &queue() { return m_window.jobs(); }
  const QueuedJob &job() { return queue().jobs().back(); }
  bool becomes(JobState state) {
    return QTest::qWaitFor([&] { return !queue().jobs().empty() && job().state == state; }, Patience_ms);
  }
  bool startsAndChecks() {
    press("trainingStart");
    return QTest::qWaitFor([&] { return !queue().jobs().empty() && job().checkpoint.has_value(); }, Patience_ms);
  }
  // A run that is done is read beside the window.
  bool takesRunIn() {
    return QTest::qWaitFor([&] { return m_session.definitions().runs.size() == 1; }, Patience_ms);
  }
  QString message() { return child<MessageBar>("messageBar")->text(); }
  void pressInBar(const char *text) {
    for (auto *button : child<MessageBar>("messageBar")->findChildren<QPushButton *>())
      if (button->text() == QLatin1String(text)) return QTest::mouseClick(button, Qt::LeftButton);
    FAIL() << "the bar does not offer " << text;
  }

  QTemporaryDir m_folder;
  Session m_session;
  Documents m_documents{m_session};
  MainWindow m_window{m_session, m_documents, nullptr, QStringLiteral(FAKE_WORKER)};
};

}  // namespace

TEST_F(Training, offersOnlyWhatGoesTogether) {
  auto *method = child<QComboBox>("trainingMethod");
  choose("trainingNetwork", QStringLiteral("deco-mobilenetv1"));
  EXPECT_LT(method->findData(methodName(Method::Slimmable)), 0);
  choose("trainingMethod", methodName(Method::Joint));
  auto *recipe = child<QComboBox>("trainingRecipe");
  EXPECT_GE(recipe->findData(QStringLiteral("short-joint")), 0);
  EXPECT_LT(recipe->findData(QStringLiteral("short-slimmable")), 0);
  EXPECT_EQ(child<QListWidget>("trainingVariants")->count(), 4);
  EXPECT_FALSE(child<QSpinBox>("trainingTeacherEpochs")->isVisible());
  choose("trainingNetwork", QStringLiteral("resnet20-slimmable"));
  EXPECT_TRUE(child<QSpinBox>("trainingTeacherEpochs")->isVisible());
}

// Every network has methods, and each a job; LeNet-5 has one variant that answers, or four widths.
TEST_F(Training, offersMethodsForEveryNetwork) {
  auto *network = child<QComboBox>("trainingNetwork");
  auto *method = child<QComboBox>("trainingMethod");
  EXPECT_GE(network->findData(QStringLiteral("lenet5")), 0);
  for (int n = 0; n < network->count(); ++n) {
    network->setCurrentIndex(n);
    EXPECT_GT(method->count(), 0) << network->itemText(n).toStdString();
    EXPECT_GT(child<QListWidget>("trainingVariants")->count(), 0) << network->itemText(n).toStdString();
  }
  choose("trainingNetwork", QStringLiteral("lenet5"));
  choose("trainingMethod", methodName(Method::Individual));
  press("trainingCommand");
  EXPECT_TRUE(QGuiApplication::clipboard()->text().startsWith(
      QStringLiteral("pimento train lenet5 --recipe short-individual --data ")))
      << QGuiApplication::clipboard()->text().toStdString();
  choose("trainingMethod", methodName(Method::Slimmable));
  EXPECT_EQ(child<QListWidget>("trainingVariants")->count(), 4);
}

TEST_F(Training, namesWhoTeaches) {
  auto *teacher = child<TeacherPicker>("trainingTeacher");
  EXPECT_TRUE(teacher->isVisible());
  choose("trainingTeacher", QStringLiteral("0.5"));
  press("trainingCommand");
  EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral(" --teacher 0.5 --data ")))
      << QGuiApplication::clipboard()->text().toStdString();
  const QString file = m_folder.filePath(QStringLiteral("teacher.safetensors"));
  writeFile(file, "weights");
  teacher->chooseFile(file);
  EXPECT_FALSE(child<QSpinBox>("trainingTeacherEpochs")->isVisible()) << "it is trained already";
  EXPECT_FALSE(child<QLabel>("trainingCost")->text().contains(QStringLiteral("teacher:")));
  press("trainingCommand");
  EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral(" --teacher 1.0=") + file))
      << QGuiApplication::clipboard()->text().toStdString();
  const QString second = m_folder.filePath(QStringLiteral("second.safetensors"));
  writeFile(second, "weights");
  teacher->chooseFile(second);
  teacher->chooseFile(file);
  EXPECT_FALSE(teacher->isTrained()) << "each of the files has weights";
  EXPECT_EQ(teacher->who(), file);
  choose("trainingMethod", methodName(Method::Slimmable));
  EXPECT_FALSE(teacher->isVisible());
  press("trainingCommand");
  EXPECT_FALSE(QGuiApplication::clipboard()->text().contains(QStringLiteral("--teacher")));
}

TEST_F(Training, saysWhatARunCostsAndGivesItsCommand) {
  EXPECT_TRUE(child<QLabel>("trainingCost")->text().contains(QStringLiteral("unknown until the first step")));
  EXPECT_TRUE(child<QLabel>("trainingDataText")->text().contains(QStringLiteral("50 training and 10 test images")))
      << child<QLabel>("trainingDataText")->text().toStdString();
  child<QSpinBox>("trainingBatch")->setValue(16);
  child<QSpinBox>("trainingSeed")->setValue(7);
  child<QListWidget>("trainingVariants")->item(1)->setCheckState(Qt::Unchecked);
  press("trainingCommand");
  const QString command = QGuiApplication::clipboard()->text();
  EXPECT_EQ(command, QStringLiteral("pimento train resnet20-slimmable:1.0,0.5,0.25 --recipe "
                                    "short-slimmable-distillation --set batch=16 --data %1 --seed 7")
                         .arg(m_folder.filePath(QStringLiteral("data"))));
  press("trainingAsRecipe");
  EXPECT_EQ(child<QSpinBox>("trainingBatch")->value(), 128);
}

TEST_F(Training, refusesToStartWithoutDataAndSaysWhatToDo) {
  child<TrainingForm>("trainingForm")->setData(m_folder.filePath(QStringLiteral("nowhere")));
  ASSERT_TRUE(QTest::qWaitFor([&] { return !child<TrainingForm>("trainingForm")->isReading(); }, Patience_ms));
  press("trainingStart");
  EXPECT_TRUE(message().contains(QStringLiteral("neither a known name nor a folder"))) << message().toStdString();
  EXPECT_TRUE(queue().jobs().empty());
}

// What the bar says of a form goes when the form says something else.
TEST_F(Training, whyARunIsRefusedIsSaidWhileItHolds) {
  auto *form = child<TrainingForm>("trainingForm");
  form->setData(m_folder.filePath(QStringLiteral("nowhere")));
  ASSERT_TRUE(QTest::qWaitFor([&] { return !form->isReading(); }, Patience_ms));
  press("trainingStart");
  ASSERT_FALSE(message().isEmpty());
  child<QSpinBox>("trainingSeed")->setValue(9);
  EXPECT_FALSE(message().isEmpty()) << "that mends nothing";
  form->setData(m_folder.filePath(QStringLiteral("data")));
  EXPECT_TRUE(QTest::qWaitFor([&] { return message().isEmpty(); }, Patience_ms)) << message().toStdString();
}

TEST_F(Training, picturesAreNotCroppedToMoreThanTheyAreSizedTo) {
  const QString folder = m_folder.filePath(QStringLiteral("pictures"));
  for (const char *part : {"train/a", "train/b", "test/a", "test/b"}) {
    QDir().mkpath(QDir(folder).filePath(QString::fromLatin1(part)));
    QImage(40, 32, QImage::Format_RGB32)
        .save(QDir(folder).filePath(QString::fromLatin1(part)) + QStringLiteral("/1.png"));
  }
  auto *form = child<TrainingForm>("trainingForm");
  const auto read = [&] { return QTest::qWaitFor([&] { return !form->isReading(); }, Patience_ms); };
  form->setData(folder);
  ASSERT_TRUE(read());
  EXPECT_TRUE(child<QLabel>("trainingDataText")->text().contains(QStringLiteral("of 2 classes.")))
      << child<QLabel>("trainingDataText")->text().toStdString();
  child<QSpinBox>("trainingCrop")->setValue(32);
  ASSERT_TRUE(read());
  EXPECT_TRUE(child<QLabel>("trainingDataText")->text().contains(QStringLiteral("32 x 32 pixels")));
  child<QSpinBox>("trainingResize")->setValue(16);
  ASSERT_TRUE(read());
  EXPECT_TRUE(
      child<QLabel>("trainingDataText")->text().contains(QStringLiteral("a crop of 32 pixels is larger than the 16")))
      << child<QLabel>("trainingDataText")->text().toStdString();
  press("trainingStart");
  EXPECT_TRUE(queue().jobs().empty());
  EXPECT_TRUE(message().contains(QStringLiteral("a crop of 32 pixels"))) << message().toStdString();
  child<QSpinBox>("trainingResize")->setValue(32);
  EXPECT_TRUE(QTest::qWaitFor([&] { return message().isEmpty(); }, Patience_ms)) << message().toStdString();
  ASSERT_TRUE(read());
  EXPECT_TRUE(child<QLabel>("trainingDataText")->text().contains(QStringLiteral("32 x 32 pixels")));
}

TEST_F(Training, startIsInSightInASmallWindow) {
  m_window.resize(1280, 720);
  QCoreApplication::processEvents();
  const auto *start = child<QPushButton>("trainingStart");
  EXPECT_EQ(start->visibleRegion().boundingRect(), start->rect());
}

TEST_F(Training, aRunIsCalledAsItWasNamed) {
  child<QLineEdit>("trainingName")->setText(QStringLiteral("First try / wide"));
  ASSERT_TRUE(startsAndChecks());
  EXPECT_EQ(QFileInfo(job().directory).fileName(), QStringLiteral("First-try-wide"));
  press("runStop");
  ASSERT_TRUE(becomes(JobState::Done));
  ASSERT_TRUE(takesRunIn());
  EXPECT_EQ(m_session.definitions().runs[0].name, QStringLiteral("First-try-wide"));
  Job named = loadJob(job().directory);
  named.name = QStringLiteral(" … ");
  EXPECT_EQ(runName(named), QStringLiteral("resnet20-slimmable-short-slimmable-distillation"))
      << "nothing is left of it";
}

TEST_F(Training, thePictureStaysWithTheRunThatIsLookedAt) {
  const QString kept = QDir(newRunsFolder({})).filePath(QStringLiteral("kept"));
  exportRun(sampleRun(), kept);
  queue().setFolders(runsFolders({}));
  ASSERT_TRUE(startsAndChecks());
  const int running = job().id;
  auto *tabs = child<QTabWidget>("trainingTabs");
  auto *picture = child<InferencePanel>("inferencePanel");
  tabs->setCurrentWidget(picture);
  const int looked = picture->chosenRun();
  ASSERT_NE(looked, 0);
  ASSERT_NE(looked, running) << "it has no weights yet";
  QFile::copy(QDir(kept).filePath(QStringLiteral("weights.safetensors")),
              QDir(queue().find(running)->directory).filePath(QStringLiteral("weights.safetensors")));
  EXPECT_EQ(queue().stop(running), QString());
  ASSERT_TRUE(QTest::qWaitFor([&] { return queue().find(running)->state == JobState::Done; }, Patience_ms));
  QCoreApplication::processEvents();
  EXPECT_EQ(picture->chosenRun(), looked);
  tabs->setCurrentIndex(1);
  tabs->setCurrentWidget(picture);
  EXPECT_EQ(picture->chosenRun(), running) << "as Runs shows";
}

TEST_F(Training, showsCurvesOfARunAndTakesItsResultsIn) {
  ASSERT_TRUE(startsAndChecks());
  EXPECT_EQ(child<QTabWidget>("trainingTabs")->currentWidget()->objectName(), QStringLiteral("runView"));
  auto *chart = child<CurveChart>("validationChart");
  ASSERT_TRUE(QTest::qWaitFor([&] { return chart->figure().data().series.size() == 2; }, Patience_ms));
  EXPECT_EQ(chart->figure().data().series[0].name, QStringLiteral("1.0x")) << "in the order of the job";
  EXPECT_EQ(chart->figure().data().series[0].points, std::vector{QPointF(1, 80)});
  EXPECT_TRUE(child<QLabel>("runNumbers")->text().contains(QStringLiteral("1,000 images/s")))
      << child<QLabel>("runNumbers")->text().toStdString();
  EXPECT_EQ(child<QTableView>("jobsTable")->model()->rowCount(), 1);
  press("runStop");
  EXPECT_FALSE(child<QPushButton>("runStop")->isEnabled()) << "at once";
  EXPECT_TRUE(child<QLabel>("runState")->text().contains(QStringLiteral("Stopping")));
  ASSERT_TRUE(becomes(JobState::Done));
  ASSERT_TRUE(takesRunIn()) << message().toStdString();
  EXPECT_EQ(child<QTableView>("runResults")->model()->rowCount(), 3);
  pressInBar("Show in Trade-off");
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window.page()->name() == QStringLiteral("trade-off"); }, Patience_ms));
  ASSERT_TRUE(m_session.selected());
  const auto accuracy = m_session.table().at(*m_session.selected(), Metric::Accuracy);
  EXPECT_EQ(accuracy.value().from->kind, Kind::Measured);
  EXPECT_EQ(accuracy.value().from->images, 100);
  EXPECT_TRUE(m_session.table().at(*m_session.selected(), Metric::Energy));
  m_session.undoStack().undo();
  m_session.undoStack().undo();
  EXPECT_TRUE(m_session.definitions().runs.empty());
  m_session.undoStack().redo();
  EXPECT_EQ(m_session.definitions().runs.size(), 1U);
}

TEST_F(Training, quantisesARunAndTakesWhatThatMeasures) {
  ASSERT_TRUE(startsAndChecks());
  EXPECT_FALSE(child<QPushButton>("runQuantise")->isVisible()) << "before there are weights";
  const QString directory = job().directory;
  press("runStop");
  ASSERT_TRUE(becomes(JobState::Done));
  ASSERT_TRUE(takesRunIn());
  const int rows = child<QTableView>("runResults")->model()->rowCount();
  writeFile(QDir(directory).filePath(QStringLiteral("wait")), "");
  ASSERT_TRUE(child<QPushButton>("runQuantise")->isVisible());
  child<QMenu>("quantiseMenu")->actions().first()->trigger();
  ASSERT_EQ(queue().jobs().size(), 2U);
  EXPECT_EQ(job().words,
            (QStringList{QStringLiteral("quantise"), directory, QStringLiteral("--bits"), QStringLiteral("8:8"),
                         QStringLiteral("--method"), QStringLiteral("post-training")}));
  ASSERT_TRUE(QTest::qWaitFor([&] { return job().share() > 0; }, Patience_ms));
  EXPECT_DOUBLE_EQ(job().share(), 0.4);
  EXPECT_EQ(progressText(job()), QStringLiteral("evaluation, 40 of 100"));
  QFile::remove(QDir(directory).filePath(QStringLiteral("wait")));
  ASSERT_TRUE(becomes(JobState::Done));
  ASSERT_TRUE(
      QTest::qWaitFor([&] { return child<QTableView>("runResults")->model()->rowCount() == rows + 1; }, Patience_ms));
  const auto correct = [&] { return m_session.definitions().runs.at(0).results.results.back().correct; };
  ASSERT_TRUE(QTest::qWaitFor([&] { return correct() == 79; }, Patience_ms)) << "the run, with what was measured since";
  EXPECT_EQ(m_session.definitions().runs.size(), 1U) << "the same one";
}

TEST_F(Training, aRunWithoutIntegersIsQuantisedOnRequestAndThenShown) {
  ASSERT_TRUE(startsAndChecks());
  const QString directory = job().directory;
  writeFile(QDir(directory).filePath(QStringLiteral("single")), "");
  press("runStop");
  ASSERT_TRUE(becomes(JobState::Done));
  ASSERT_TRUE(takesRunIn());
  const ViewState before = m_session.view();
  for (const bool bar : {true, false}) {  // one way, wherever it is asked for
    if (bar)
      pressInBar("Show in Trade-off");
    else
      press("runAdd");
    EXPECT_EQ(m_window.page()->name(), QStringLiteral("training")) << "no accelerator has its accuracies yet";
    EXPECT_TRUE(message().contains(QStringLiteral("single precision"))) << message().toStdString();
    EXPECT_EQ(m_session.view(), before);
  }
  pressInBar("Quantise to 8:8 bits and show");
  ASSERT_EQ(queue().jobs().size(), 2U);
  EXPECT_EQ(job().words.mid(0, 4),
            (QStringList{QStringLiteral("quantise"), directory, QStringLiteral("--bits"), QStringLiteral("8:8")}));
  ASSERT_TRUE(becomes(JobState::Done));
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window.page()->name() == QStringLiteral("trade-off"); }, Patience_ms));
  EXPECT_TRUE(message().contains(QStringLiteral("is done. Shown is ResNet20 on Fashion-MNIST alone")))
      << message().toStdString();
  ASSERT_TRUE(m_session.selected());
  const DesignKey &key = m_session.table().key(*m_session.selected());
  EXPECT_EQ(key.bitsWeights, 8);
  EXPECT_FALSE(key.reference);
}

TEST_F(Training, ofAPausedRunTheBestCanBeKept) {
  ASSERT_TRUE(startsAndChecks());
  press("runPause");
  ASSERT_TRUE(becomes(JobState::Paused));
  for (const char *offered : {"runResume", "runStop", "jobResume", "jobStop"})
    EXPECT_TRUE(child<QPushButton>(offered)->isEnabled()) << offered;
  EXPECT_TRUE(child<QPushButton>("runStop")->isVisible());
  EXPECT_FALSE(child<QPushButton>("runTrainOn")->isVisible());
  press("runStop");
  ASSERT_TRUE(becomes(JobState::Done));
  EXPECT_TRUE(job().log.outcome->stopped);
  EXPECT_TRUE(takesRunIn()) << message().toStdString();
}

TEST_F(Training, aFinishedRunCanBeTrainedOn) {
  ASSERT_TRUE(startsAndChecks());
  const QString directory = job().directory;
  press("runStop");
  ASSERT_TRUE(becomes(JobState::Done));
  ASSERT_TRUE(child<QPushButton>("runTrainOn")->isVisible());
  child<TrainingPage>("trainingPage")->trainOn(5);
  EXPECT_TRUE(message().contains(QStringLiteral("trained for 5 epochs already"))) << message().toStdString();
  EXPECT_EQ(job().state, JobState::Done);
  child<TrainingPage>("trainingPage")->trainOn(9);
  EXPECT_EQ(loadJob(directory).recipe.epochs, 9);
  EXPECT_EQ(loadJob(directory).cycles, std::vector{5.0});
  ASSERT_TRUE(becomes(JobState::Running)) << message().toStdString();
  EXPECT_EQ(queue().jobs().size(), 1U) << "the same run";
  press("runStop");
  ASSERT_TRUE(becomes(JobState::Done));
}

TEST_F(Training, trainsSubNetsTogetherThatAnotherRunLearned) {
  choose("trainingMethod", methodName(Method::FusedNonUniform));
  EXPECT_TRUE(child<QLabel>("trainingCost")->text().contains(QStringLiteral("no run has learned sub-nets")))
      << child<QLabel>("trainingCost")->text().toStdString();
  EXPECT_FALSE(child<QComboBox>("trainingLearned")->isEnabled());
  press("trainingStart");
  EXPECT_TRUE(message().contains(QStringLiteral("clipped group Lasso first"))) << message().toStdString();
  const TrainingRun lasso = sampleLassoRun();
  const QString directory = QDir(newRunsFolder({})).filePath(QStringLiteral("lasso"));
  exportRun(lasso, directory);
  queue().setFolders(runsFolders({}));
  ASSERT_TRUE(child<QComboBox>("trainingLearned")->isEnabled());
  ASSERT_EQ(child<QListWidget>("trainingVariants")->count(), 2);
  child<QListWidget>("trainingVariants")->item(0)->setCheckState(Qt::Unchecked);
  press("trainingCommand");
  const QString command = QGuiApplication::clipboard()->text();
  EXPECT_TRUE(command.startsWith(QStringLiteral("pimento train resnet20-slimmable:lasso-2 --recipe "
                                                "short-fused-non-uniform --variants ") +
                                 directory))
      << command.toStdString();
  ASSERT_TRUE(startsAndChecks());
  EXPECT_EQ(loadJob(job().directory).variants, std::vector{lasso.variants[1]});
}

TEST_F(Training, asksBeforeItDiscardsACheckpoint) {
  ASSERT_TRUE(startsAndChecks());
  const QString directory = job().directory;
  press("runCancel");
  EXPECT_TRUE(message().contains(QStringLiteral("Discard"))) << message().toStdString();
  EXPECT_EQ(job().state, JobState::Running);
  pressInBar("Discard");
  EXPECT_EQ(job().state, JobState::Cancelling);
  ASSERT_TRUE(becomes(JobState::Cancelled));
  EXPECT_FALSE(QFile::exists(QDir(directory).filePath(QStringLiteral("job.json"))));
  EXPECT_TRUE(m_session.definitions().runs.empty());
}

TEST_F(Training, evaluatesWeightsOfAFileAndKeepsThemAsADesign) {
  SafeTensors file;
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const Binding plain{QStringLiteral("plain"), Sharing::Shared, Sharing::Shared};
  for (const TensorUse &use : tensors(network, widthVariant(network, 0.5), plain)) {
    Tensor tensor{QStringLiteral("module.") + use.tensor, TensorType::F32, {use.elements()}, {}};
    tensor.bytes = QByteArray(use.elements() * 4, '\0');
    file.tensors.push_back(tensor);
  }
  const QString path = m_folder.filePath(QStringLiteral("half.safetensors"));
  QFile out(path);
  ASSERT_TRUE(out.open(QIODevice::WriteOnly));
  out.write(writeSafeTensors(file));
  out.close();
  m_window.openFile(path);
  ASSERT_TRUE(QTest::qWaitFor([&] { return child<WeightsPanel>("weightsPanel")->isSettled(); }, Patience_ms));
  EXPECT_EQ(child<QComboBox>("weightsNetwork")->currentData().toString(), network.name);
  EXPECT_EQ(child<QComboBox>("weightsVariant")->currentData().toString(), QStringLiteral("0.5"));
  // Any width, with norms that are taken anew.
  child<QComboBox>("weightsVariant")->setEditText(QStringLiteral("0.37"));
  child<QSpinBox>("weightsRecalibrate")->setValue(2000);
  const QString any = child<WeightsPanel>("weightsPanel")->command().join(u' ');
  EXPECT_TRUE(any.contains(QStringLiteral("--network resnet20-slimmable:0.37 "))) << any.toStdString();
  EXPECT_TRUE(any.contains(QStringLiteral("--recalibrate-norms 2000"))) << any.toStdString();
  child<QComboBox>("weightsVariant")
      ->setCurrentIndex(child<QComboBox>("weightsVariant")->findData(QStringLiteral("0.5")));
  child<QSpinBox>("weightsRecalibrate")->setValue(0);
  EXPECT_FALSE(child<WeightsPanel>("weightsPanel")->command().contains(QStringLiteral("--recalibrate-norms")));
  press("weightsEvaluate");
  ASSERT_TRUE(becomes(JobState::Done));
  EXPECT_EQ(child<QTableView>("weightsResults")->model()->rowCount(), 1);
  EXPECT_EQ(child<QTableView>("weightsTensors")->model()->index(0, 1).data().toString(),
            QStringLiteral("extra.weight"));
  press("weightsAdd");
  ASSERT_EQ(m_session.definitions().tables.size(), 1U) << message().toStdString();
  const DesignTable &points = m_session.definitions().tables[0].table;
  EXPECT_DOUBLE_EQ(points.at(0, Metric::Accuracy).value().value, 88);
  EXPECT_EQ(points.at(0, Metric::Accuracy).value().from->kind, Kind::Measured);
}

TEST_F(Training, nothingIsWithoutANameForThoseWhoDoNotSee) {
  for (const auto *widget : child<TrainingPage>("trainingPage")->findChildren<QWidget *>()) {
    const bool input = qobject_cast<const QComboBox *>(widget) != nullptr ||
                       qobject_cast<const QAbstractSpinBox *>(widget) != nullptr ||
                       qobject_cast<const QTableView *>(widget) != nullptr;
    EXPECT_FALSE(input && widget->accessibleName().isEmpty()) << widget->objectName().toStdString();
  }
}
