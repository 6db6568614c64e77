package dev.slipway.http;

import jakarta.ws.rs.core.Configuration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.glassfish.jersey.server.model.ModelProcessor;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceModel;

/**
 * Regroups the operations by the first two parts of their whole paths. Jersey settles on one root
 * resource by its path alone and never looks back, so a class at {@code /api/apps/{id}} with
 * nothing but sub-paths would hide the operations on {@code /api/apps/{id}} itself that another
 * class, or another bundle, has; and it tries one path after the other, so among hundreds of roots
 * a request would meet hundreds of patterns. Below {@code /api/apps} stands whatever begins like
 * that, no matter whose it is.
 */
final class FlatPaths implements ModelProcessor {
  private static final int SHARED = 2;

  @Override
  public ResourceModel processResourceModel(ResourceModel model, Configuration configuration) {
    var groups = new LinkedHashMap<String, Resource.Builder>();
    for (var root : model.getRootResources()) {
      var path = joined("", root.getPath());
      add(groups, root, path);
      for (var child : root.getChildResources()) {
        add(groups, child, joined(path, child.getPath()));
      }
    }
    var grouped = new ResourceModel.Builder(false);
    groups.values().forEach(group -> grouped.addResource(group.build()));
    return grouped.build();
  }

  @Override
  public ResourceModel processSubResource(ResourceModel model, Configuration configuration) {
    return model;
  }

  private static void add(Map<String, Resource.Builder> groups, Resource resource, String path) {
    if (resource.getResourceMethods().isEmpty()) {
      return;
    }
    var head = head(path);
    var group = groups.computeIfAbsent(head, Resource::builder);
    if (head.equals(path)) {
      resource.getResourceMethods().forEach(group::addMethod);
      return;
    }
    var rest = Resource.builder(path.substring(head.length()));
    resource.getResourceMethods().forEach(rest::addMethod);
    group.addChildResource(rest.build());
  }

  /**
   * The path as far as it is shared: two literal parts, or all of one that has a variable there.
   */
  private static String head(String path) {
    var from = 1;
    for (var parts = 0; parts < SHARED; parts++) {
      var end = path.indexOf('/', from);
      if (end < 0 || path.substring(0, end).contains("{")) {
        return path;
      }
      from = end + 1;
    }
    return path.substring(0, from - 1);
  }

  private static String joined(String root, String child) {
    var head = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    return head + "/" + (child.startsWith("/") ? child.substring(1) : child);
  }
}
