package dev.slipway.compose;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Why parts of Compose files are not supported; whatever is not known is refused without that. */
final class Refused {
  private static final String HOST =
      "services share nothing with the host or with other containers";

  static final Map<String, String> OF_SERVICE = ofService();

  static final Map<String, String> OF_BUILD =
      Map.of(
          "network", "builds run in the engine's usual network",
          "privileged", "builds run without privileges",
          "entitlements", "builds run without privileges",
          "ssh", "builds get no keys of the host",
          "secrets", "builds get no secrets",
          "additional_contexts", "a build sees its context alone");

  /** Keys of services that change nothing here, and why. */
  static final Map<String, String> LEFT_OUT =
      Map.of(
          "container_name", "containers are named after the deployment",
          "hostname", "services reach each other by their names",
          "expose", "services reach each other at any port",
          "logging", "output goes to the platform's logs",
          "pull_policy", "images are pulled with each build",
          "stdin_open", "nobody types",
          "tty", "nobody types");

  private Refused() {}

  private static Map<String, String> ofService() {
    var refused = new HashMap<String, String>();
    refused.put("privileged", "containers run without privileges");
    refused.put("cap_add", "containers get no more capabilities than usual");
    refused.put("security_opt", "what confines containers is not changed");
    refused.put("sysctls", "the kernel's settings are not changed");
    refused.put("use_api_socket", "containers get no access to the engine");
    for (var key :
        List.of(
            "network_mode",
            "pid",
            "ipc",
            "uts",
            "userns_mode",
            "cgroup",
            "cgroup_parent",
            "volumes_from",
            "external_links")) {
      refused.put(key, HOST);
    }
    for (var key : List.of("devices", "device_cgroup_rules", "gpus")) {
      refused.put(key, "containers get no devices of the host");
    }
    refused.put("extends", "other services and files are not extended; write it out");
    refused.put("secrets", "is not supported; use the app's variables");
    refused.put("configs", "is not supported; put the files into the image");
    for (var key : List.of("mem_limit", "cpus", "pids_limit")) {
      refused.put(key, "is not supported; use deploy.resources.limits");
    }
    return Map.copyOf(refused);
  }
}
