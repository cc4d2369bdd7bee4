package io.tercet.system.manifests;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the pods of a service are set to, and what the service reads.
final class SettingsOfPods {

  /// In the settings of a service on Spring.
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(TERCET_\\w+)");

  /// In a program without Spring.
  private static final Pattern LITERAL = Pattern.compile("\"(TERCET_\\w+)\"");

  private SettingsOfPods() {}

  /// The names of the ConfigMaps that the pods of a service take over.
  static List<String> sources(Manifests manifests, String service) {
    return manifests.all(Deployment.class).stream()
        .filter(deployment -> deployment.getMetadata().getName().equals(service))
        .flatMap(
            deployment -> deployment.getSpec().getTemplate().getSpec().getContainers().stream())
        .flatMap(container -> container.getEnvFrom().stream())
        .map(source -> source.getConfigMapRef().getName())
        .toList();
  }

  /// What the pods of a service are set to.
  static Map<String, String> of(Manifests manifests, String service) {
    List<String> sources = sources(manifests, service);
    return manifests.all(ConfigMap.class).stream()
        .filter(map -> sources.contains(map.getMetadata().getName()))
        .flatMap(map -> map.getData().entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// The variables that the pods of a service take from Secrets.
  static Set<String> secrets(Manifests manifests, String service) {
    return manifests.all(Deployment.class).stream()
        .filter(deployment -> deployment.getMetadata().getName().equals(service))
        .flatMap(
            deployment -> deployment.getSpec().getTemplate().getSpec().getContainers().stream())
        .flatMap(container -> container.getEnv().stream())
        .filter(variable -> variable.getValueFrom().getSecretKeyRef() != null)
        .map(EnvVar::getName)
        .collect(Collectors.toSet());
  }

  /// The variables that a service reads.
  static Set<String> readBy(String service) {
    return service.equals("http-raw-server")
        ? names(LITERAL, ".java", "http-raw-server/src/main", "http-lab/src/main")
        : names(PLACEHOLDER, "application.yml", service + "/src/main/resources");
  }

  private static Set<String> names(Pattern use, String ending, String... folders) {
    return Stream.of(folders)
        .map(Path.of(System.getProperty("tercet.root", "."))::resolve)
        .flatMap(SettingsOfPods::below)
        .filter(file -> file.toString().endsWith(ending))
        .flatMap(file -> use.matcher(read(file)).results())
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  private static Stream<Path> below(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
