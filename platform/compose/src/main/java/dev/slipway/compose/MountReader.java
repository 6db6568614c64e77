package dev.slipway.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is mounted: volumes of the file, and nothing else. */
final class MountReader {
  private static final String NO_FOLDERS =
      "folders of the host are not mounted; put the files into the image, or use a named volume";
  private static final String SOCKET = "containers get no access to the engine";

  private final Set<String> volumes;

  /**
   * @param volumes those that the file declares
   */
  MountReader(Set<String> volumes) {
    this.volumes = volumes;
  }

  List<Service.Mount> read(Fields fields) {
    var mounts = new ArrayList<Service.Mount>();
    fields
        .items("volumes")
        .forEach(
            (at, item) -> {
              var mount =
                  item instanceof String text
                      ? shortForm(at, text, fields.findings())
                      : longForm(Fields.of(at, item, fields.findings()), at);
              if (mount != null && checked(at, mount, fields.findings())) {
                mounts.add(mount);
              }
            });
    return mounts;
  }

  private static Service.@Nullable Mount shortForm(String at, String text, Findings findings) {
    var parts = text.split(":", -1);
    if (text.contains("docker.sock")) {
      findings.problem(at, SOCKET);
    } else if (parts[0].startsWith(".") || parts[0].startsWith("~") || parts[0].startsWith("/")) {
      findings.problem(at, parts.length == 1 ? "give the volume a name" : NO_FOLDERS);
    } else if (parts.length == 2 || parts.length == 3 && parts[2].matches("r[ow]")) {
      return new Service.Mount(parts[0], parts[1], parts.length == 3 && parts[2].equals("ro"));
    } else {
      findings.problem(at, "is not NAME:/path or NAME:/path:ro");
    }
    return null;
  }

  private static Service.@Nullable Mount longForm(Fields mount, String at) {
    var type = mount.text("type");
    var source = mount.text("source");
    var target = mount.text("target");
    boolean readOnly = mount.flag("read_only");
    if (!"volume".equals(type)) {
      mount.findings().problem(at + ".type", "bind".equals(type) ? NO_FOLDERS : "is not volume");
      return null;
    }
    mount.end();
    if (source == null || target == null) {
      mount.findings().problem(at, "needs a source and a target");
      return null;
    }
    return new Service.Mount(source, target, readOnly);
  }

  private boolean checked(String at, Service.Mount mount, Findings findings) {
    if (!volumes.contains(mount.volume())) {
      findings.problem(at, "there is no volume " + mount.volume() + " under volumes");
      return false;
    }
    if (!mount.target().startsWith("/") || mount.target().contains("..")) {
      findings.problem(at, "the path in the container is not absolute");
      return false;
    }
    return true;
  }
}
