package io.tripwatch.cli;

import io.tripwatch.codec.SettingsSyntaxException;
import io.tripwatch.codec.SettingsTree;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.InvalidSettingsException;
import io.tripwatch.settings.Settings;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A file of rule settings. */
final class RulesFile {
  private RulesFile() {}

  /**
   * Reads and checks a file.
   *
   * @param file null for the defaults
   * @throws IOException whose message names the file and all that is wrong with it
   */
  static Map<String, Object> read(Path file) throws IOException {
    if (file == null) {
      return Map.of();
    }
    List<String> errors = errors(file);
    if (!errors.isEmpty()) {
      throw new IOException(file + ": " + String.join("; ", errors));
    }
    return SettingsTree.readYaml(Files.readString(file));
  }

  /** Everything that is wrong with a file. */
  static List<String> errors(Path file) throws IOException {
    try {
      Settings.of(SettingsTree.readYaml(Files.readString(file)), Rules.catalogue());
      return List.of();
    } catch (InvalidSettingsException e) {
      return e.errors();
    } catch (SettingsSyntaxException e) {
      return List.of(e.getMessage());
    } catch (CharacterCodingException e) {
      return List.of("the file is not UTF-8; save it as UTF-8");
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file + "; name one that exists", e);
    }
  }
}
