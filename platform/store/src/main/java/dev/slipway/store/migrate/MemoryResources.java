package dev.slipway.store.migrate;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import liquibase.resource.AbstractResource;
import liquibase.resource.AbstractResourceAccessor;
import liquibase.resource.OpenOptions;
import liquibase.resource.Resource;

/**
 * Hands a changelog's files to Liquibase from memory, so that bundles and class loaders look alike
 * to it.
 */
final class MemoryResources extends AbstractResourceAccessor {
  private final SortedMap<String, String> files;

  MemoryResources(SortedMap<String, String> files) {
    this.files = files;
  }

  @Override
  public List<Resource> search(String path, boolean recursive) {
    return files.keySet().stream()
        .filter(name -> name.startsWith(path))
        .<Resource>map(name -> new Entry(name, files.get(name)))
        .toList();
  }

  @Override
  public List<Resource> getAll(String path) {
    var sql = files.get(path);
    return sql == null ? List.of() : List.of(new Entry(path, sql));
  }

  @Override
  public List<String> describeLocations() {
    return List.of("changelog");
  }

  @Override
  public void close() {}

  private static final class Entry extends AbstractResource {
    private final String name;
    private final String sql;

    Entry(String name, String sql) {
      super(name, URI.create("memory:/" + name));
      this.name = name;
      this.sql = sql;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(sql.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean isWritable() {
      return false;
    }

    @Override
    public boolean exists() {
      return true;
    }

    @Override
    public OutputStream openOutputStream(OpenOptions options) throws FileNotFoundException {
      throw new FileNotFoundException(name + " is read-only");
    }

    @Override
    public Resource resolve(String other) {
      return this;
    }

    @Override
    public Resource resolveSibling(String other) {
      return this;
    }
  }
}
