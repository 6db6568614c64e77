package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.VolumesFrom;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Work inside of containers on what they keep: programs with their output, files in and out. All of
 * it streams, and programs are given as words that no shell sees.
 */
public final class ContainerAccess {
  private static final Duration SHORT = Duration.ofMinutes(1);
  private static final int MOST_TEXT = 1 << 16;
  private static final int STOP_SECONDS = 60;
  private static final int LAST_LINES = 5;

  /** Whose helper a container is: several agents may use one engine. */
  static final String HELPER = "slipway.helper";

  private final DockerEngine engine;
  private final Containers containers;
  private final ImageWork images;
  private final String owner;

  /**
   * @param owner no other agent of the engine has it
   */
  ContainerAccess(DockerEngine engine, ImageWork images, String owner) {
    this.engine = engine;
    this.images = images;
    this.owner = owner;
    containers = new Containers(engine);
  }

  /** Removes what an agent that was killed has left running. */
  void removeHelpers() throws RuntimeRefusal, IOException {
    var left =
        engine.call(
            () ->
                engine
                    .calls()
                    .listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(Map.of(HELPER, owner))
                    .exec());
    for (var container : left) {
      remove(container.getId(), true);
    }
  }

  /**
   * A container as it is.
   *
   * @param image the engine's id of it
   * @param command its words; without those of the entry point
   * @param folder where its programs start
   * @param mounts where volumes are mounted
   */
  public record Facts(
      String id,
      String image,
      boolean running,
      Map<String, String> environment,
      List<String> command,
      String folder,
      List<String> mounts) {
    /** The first of these variables that has a value. */
    public String variable(String fallback, String... names) {
      return Stream.of(names)
          .map(name -> environment.getOrDefault(name, ""))
          .filter(value -> !value.isEmpty())
          .findFirst()
          .orElse(fallback);
    }
  }

  /**
   * A program to run.
   *
   * @param environment besides the container's
   */
  public record Program(List<String> words, Map<String, String> environment, Duration limit) {
    public static Program of(List<String> words) {
      return new Program(words, Map.of(), SHORT);
    }
  }

  public Facts look(String name) throws RuntimeRefusal, IOException {
    return facts(containers.get(name));
  }

  private static Facts facts(InspectContainerResponse found) {
    var mounts = found.getMounts();
    return new Facts(
        found.getId(),
        found.getImageId(),
        Boolean.TRUE.equals(found.getState().getRunning()),
        variables(found.getConfig()),
        words(found.getConfig().getCmd()),
        Objects.requireNonNullElse(found.getConfig().getWorkingDir(), "/"),
        mounts == null
            ? List.of()
            : mounts.stream()
                .map(InspectContainerResponse.Mount::getDestination)
                .filter(place -> place != null)
                .map(place -> place.getPath())
                .toList());
  }

  private static Map<String, String> variables(@Nullable ContainerConfig config) {
    var variables = new LinkedHashMap<String, String>();
    if (config != null && config.getEnv() != null) {
      for (var variable : config.getEnv()) {
        int equals = variable.indexOf('=');
        if (equals > 0) {
          variables.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
      }
    }
    return variables;
  }

  private static List<String> words(String @Nullable [] command) {
    return command == null ? List.of() : Arrays.asList(command);
  }

  /** Fetches the image where it is not there yet. */
  public void requireImage(String image, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    boolean there =
        engine.call(
            () -> {
              try {
                engine.calls().inspectImageCmd(image).exec();
                return true;
              } catch (NotFoundException e) {
                return false;
              }
            });
    if (!there) {
      images.pull(image, List.of(), progress);
    }
  }

  /** Runs a program to its end, which has to be a good one, and passes on what it writes. */
  public void run(String id, Program program, OutputStream output)
      throws RuntimeRefusal, IOException, InterruptedException {
    var name = program.words().getFirst();
    var exec =
        engine.call(
            () ->
                engine
                    .calls()
                    .execCreateCmd(id)
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .withEnv(assignments(program.environment()))
                    .withCmd(program.words().toArray(String[]::new))
                    .exec()
                    .getId());
    try (var frames = new ProgramOutput(output)) {
      engine.call(() -> engine.streams().execStartCmd(exec).exec(frames));
      if (!frames.awaitEnd(program.limit())) {
        throw new RuntimeRefusal(name + " took longer than " + program.limit().toSeconds() + " s");
      }
      var code = engine.call(() -> engine.calls().inspectExecCmd(exec).exec().getExitCodeLong());
      if (code == null || code != 0) {
        throw new RuntimeRefusal(name + " failed (exit " + code + "): " + frames.errors());
      }
    }
  }

  /** What a program writes, without the white space around it. */
  public String text(String id, Program program)
      throws RuntimeRefusal, IOException, InterruptedException {
    var text = new ByteArrayOutputStream();
    run(
        id,
        program,
        new OutputStream() {
          @Override
          public void write(int b) {
            if (text.size() < MOST_TEXT) {
              text.write(b);
            }
          }
        });
    return text.toString(StandardCharsets.UTF_8).strip();
  }

  /** Not for what is large: all of it is read. */
  public boolean exists(String id, String path) throws RuntimeRefusal, IOException {
    return engine.call(
        () -> {
          try (var tar = engine.streams().copyArchiveFromContainerCmd(id, path).exec()) {
            return true;
          } catch (NotFoundException e) {
            return false;
          } catch (IOException e) {
            throw new IllegalStateException("only its beginning was asked for", e);
          }
        });
  }

  /** The last lines that a container has written. */
  public String lastLines(String id) throws RuntimeRefusal, IOException, InterruptedException {
    var last = new StringJoiner("\n");
    try (var lines = new FrameLines((error, line) -> last.add(line))) {
      engine.call(
          () ->
              engine
                  .streams()
                  .logContainerCmd(id)
                  .withStdOut(true)
                  .withStdErr(true)
                  .withTail(LAST_LINES)
                  .exec(lines));
      ContainerStreams.await(lines, SHORT);
    }
    return last.toString();
  }

  /** A file or folder as a tar, its own name first. */
  public InputStream fetch(String id, String path) throws RuntimeRefusal, IOException {
    return engine.call(() -> engine.streams().copyArchiveFromContainerCmd(id, path).exec());
  }

  /** Unpacks a tar in a folder, as the user that each entry says; it may run or not. */
  public void place(String id, String folder, InputStream tar) throws RuntimeRefusal, IOException {
    engine.call(
        () ->
            engine
                .streams()
                .copyArchiveToContainerCmd(id)
                .withRemotePath(folder)
                .withTarInputStream(tar)
                .exec());
  }

  public void start(String id) throws RuntimeRefusal, IOException {
    engine.call(
        () -> {
          try {
            return engine.calls().startContainerCmd(id).exec();
          } catch (NotModifiedException e) {
            return null;
          }
        });
  }

  public void stop(String id) throws RuntimeRefusal, IOException {
    engine.call(
        () -> {
          try {
            return engine.calls().stopContainerCmd(id).withTimeout(STOP_SECONDS).exec();
          } catch (NotModifiedException e) {
            return null;
          }
        });
  }

  /**
   * Makes a container without a network that shares the volumes of another one, in the place of one
   * of the same name, and starts it. It does nothing by itself.
   */
  public String beside(Facts other, String name) throws RuntimeRefusal, IOException {
    remove(name, false);
    var id =
        engine.call(
            () ->
                engine
                    .calls()
                    .createContainerCmd(other.image())
                    .withName(name)
                    .withUser("0")
                    .withEntrypoint("tail", "-f", "/dev/null")
                    .withCmd(List.of())
                    .withLabels(Map.of(HELPER, owner))
                    .withHostConfig(
                        alone().withVolumesFrom(new VolumesFrom(other.id())).withInit(true))
                    .exec()
                    .getId());
    start(id);
    return id;
  }

  /**
   * Makes a container without a network, in the place of one of the same name; it does not run yet.
   */
  public String apart(String image, String name, Map<String, String> environment)
      throws RuntimeRefusal, IOException {
    remove(name, true);
    return engine.call(
        () ->
            engine
                .calls()
                .createContainerCmd(image)
                .withName(name)
                .withEnv(assignments(environment))
                .withLabels(Map.of(HELPER, owner))
                .withHostConfig(alone())
                .exec()
                .getId());
  }

  private static List<String> assignments(Map<String, String> variables) {
    return variables.entrySet().stream()
        .map(variable -> variable.getKey() + "=" + variable.getValue())
        .toList();
  }

  private static HostConfig alone() {
    return HostConfig.newHostConfig().withNetworkMode("none");
  }

  /**
   * Removes a container; nothing happens without one.
   *
   * @param volumes whether the volumes without a name go too
   */
  public void remove(String name, boolean volumes) throws RuntimeRefusal, IOException {
    engine.call(
        () -> {
          try {
            return engine
                .calls()
                .removeContainerCmd(name)
                .withForce(true)
                .withRemoveVolumes(volumes)
                .exec();
          } catch (NotFoundException e) {
            return null;
          }
        });
  }
}
