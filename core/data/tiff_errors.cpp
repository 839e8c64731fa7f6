// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/tiff_errors.h"

#include <dlfcn.h>
#include <link.h>

#include <QByteArray>

namespace pimento {

// The functions of a plugin's library are not found among those of the program.
static void *loadedTiff() {
  QByteArray name;
  const auto look = [](dl_phdr_info *library, std::size_t, void *found) {
    const QByteArray path(library->dlpi_name);
    if (path.contains("/libtiff.so")) *static_cast<QByteArray *>(found) = path;
    return 0;
  };
  dl_iterate_phdr(look, &name);
  return name.isEmpty() ? nullptr : dlopen(name.constData(), RTLD_NOLOAD | RTLD_LAZY);
}

void silenceTiff() {
  static void *const tiff = [] {
    void *library = loadedTiff();
    for (const char *name : {"TIFFSetErrorHandler", "TIFFSetWarningHandler"})
      if (void *set = library == nullptr ? nullptr : dlsym(library, name); set != nullptr)
        reinterpret_cast<void *(*)(void *)>(set)(nullptr);
    return library;
  }();
  static_cast<void>(tiff);
}

}  // namespace pimento
