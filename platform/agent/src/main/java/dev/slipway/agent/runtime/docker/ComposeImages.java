package dev.slipway.agent.runtime.docker;

import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.BuildOrder;
import dev.slipway.agent.runtime.ComposeBuild;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.compose.ComposeFault;
import dev.slipway.compose.ComposeFile;
import dev.slipway.compose.EnvFileText;
import dev.slipway.compose.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the images of a version. Each is kept under a name of the version's own, also one that was
 * pulled: what an app comes back to is what it was.
 */
final class ComposeImages {
  private final DockerEngine engine;
  private final ImageWork images;
  private final ComposeReleases releases;

  ComposeImages(DockerEngine engine, ImageWork images, ComposeReleases releases) {
    this.engine = engine;
    this.images = images;
    this.releases = releases;
  }

  /** The name of a service's image. */
  static String tag(String imageTag, String service) {
    return imageTag + "-" + service;
  }

  Map<String, Object> build(ComposeBuild order, LineSink progress)
      throws ComposeFault, RuntimeRefusal, IOException, InterruptedException {
    var source = order.source();
    var file = ComposeFile.parse(source.text(), order.variables(), order.buildVariables());
    checkPort(file.requirePrimary(), order.port());
    var release = new ComposeReleases.Release(source.text(), envFiles(order, file));
    var contexts = new LinkedHashMap<String, BuildOrder>();
    for (var service : file.services().values()) {
      if (service.build() != null) {
        contexts.put(service.name(), buildOrder(order, service, service.build()));
      }
    }
    // All of the file is known to be well before the first image takes its time.
    for (var warning : file.warnings()) {
      progress.line("warning: " + warning);
    }
    for (var service : file.services().values()) {
      var build = contexts.get(service.name());
      if (build == null) {
        pull(order, service, progress);
      } else {
        progress.line("building " + service.name());
        images.build(build, progress);
      }
    }
    releases.save(order.imageTag(), release);
    return ComposeReport.of(file);
  }

  private static void checkPort(Service primary, int port) throws ComposeFault {
    if (!primary.ports().isEmpty() && !primary.ports().contains(port)) {
      throw new ComposeFault(
          List.of(
              "services."
                  + primary.name()
                  + ".ports: the app's port is "
                  + port
                  + ", and the service has "
                  + primary.ports()
                  + "; set the app's port to where it listens"));
    }
  }

  private static Map<String, String> envFiles(ComposeBuild order, ComposeFile file)
      throws ComposeFault, IOException {
    var texts = new LinkedHashMap<String, String>();
    for (var service : file.services().values()) {
      var field = "services." + service.name() + ".env_file";
      for (var envFile : service.process().envFiles()) {
        if (envFile.required() || order.source().has(envFile.path())) {
          var text = order.source().file(field, envFile.path());
          EnvFileText.parse(field + ": " + envFile.path(), text);
          texts.put(envFile.path(), text);
        }
      }
    }
    return texts;
  }

  private static BuildOrder buildOrder(ComposeBuild order, Service service, Service.Build build)
      throws ComposeFault, IOException {
    var field = "services." + service.name() + ".build.context";
    return new BuildOrder(
        tag(order.imageTag(), service.name()),
        order.source().context(field, build.context()),
        order.slug(),
        build.args(),
        new BuildOrder.Docker(
            build.dockerfile(), "", order.noCache(), new ArrayList<>(), order.logins()),
        new BuildOrder.Process("", ""));
  }

  private void pull(ComposeBuild order, Service service, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    var image = String.valueOf(service.image());
    progress.line("pulling " + image);
    images.pull(image, order.logins(), progress);
    var name = tag(order.imageTag(), service.name());
    int colon = name.lastIndexOf(':');
    engine.call(
        () ->
            engine
                .calls()
                .tagImageCmd(image, name.substring(0, colon), name.substring(colon + 1))
                .exec());
  }
}
