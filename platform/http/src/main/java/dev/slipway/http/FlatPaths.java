package dev.slipway.http;

import jakarta.ws.rs.core.Configuration;
import org.glassfish.jersey.server.model.ModelProcessor;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceModel;

/**
 * Gives every operation its whole path. Matching first settles on a class by its path alone and
 * never looks back: a class at {@code /api/apps/{id}} with nothing but sub-paths would hide the
 * operations on {@code /api/apps/{id}} itself that another class, or another bundle, has.
 */
final class FlatPaths implements ModelProcessor {
  @Override
  public ResourceModel processResourceModel(ResourceModel model, Configuration configuration) {
    var flat = new ResourceModel.Builder(false);
    for (var root : model.getRootResources()) {
      add(flat, root, root.getPath());
      for (var child : root.getChildResources()) {
        add(flat, child, joined(root.getPath(), child.getPath()));
      }
    }
    return flat.build();
  }

  @Override
  public ResourceModel processSubResource(ResourceModel model, Configuration configuration) {
    return model;
  }

  private static void add(ResourceModel.Builder flat, Resource resource, String path) {
    if (resource.getResourceMethods().isEmpty()) {
      return;
    }
    var whole = Resource.builder(path);
    resource.getResourceMethods().forEach(whole::addMethod);
    flat.addResource(whole.build());
  }

  private static String joined(String root, String child) {
    var head = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    return head + "/" + (child.startsWith("/") ? child.substring(1) : child);
  }
}
