import com.sun.source.util.JavacTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Parses the Java files of a folder, without what they import: counts them, and lists what is no Java. */
public class Parse {
    public static void main(String[] args) throws Exception {
        List<Path> files;
        try (var walked = Files.walk(Path.of(args[0]))) {
            files = walked.filter(file -> file.toString().endsWith(".java")).collect(Collectors.toList());
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var found = new DiagnosticCollector<JavaFileObject>();
        try (var manager = compiler.getStandardFileManager(found, null, null)) {
            var units = manager.getJavaFileObjectsFromPaths(files);
            ((JavacTask) compiler.getTask(null, manager, found, null, null, units)).parse();
        }
        found.getDiagnostics().forEach(each -> System.err.println(each));
        System.out.println(files.size() + " files, " + found.getDiagnostics().size() + " problems");
    }
}
