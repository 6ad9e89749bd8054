import java.io.File;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gephi.graph.api.AttributeUtils;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Interval;
import org.gephi.graph.api.Node;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.importer.api.Report;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.openide.util.Lookup;

/** GEXF files in, what Gephi's importer makes of them out: a line a fact, its name, a tab and its value. */
public class GephiImport {
    public static void main(String[] paths) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        ImportController importer = Lookup.getDefault().lookup(ImportController.class);
        projects.newProject();
        for (String path : paths) {
            var workspace = projects.newWorkspace(projects.getCurrentProject());
            projects.openWorkspace(workspace);
            Container container = importer.importFile(new File(path));
            container.getLoader().setAutoScale(false);
            tell("file", path);
            tell(container.getReport());
            importer.process(container, new DefaultProcessor(), workspace);
            tell(container.getReport());
            tell(Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace));
        }
        System.exit(0);
    }

    private static void tell(Report report) {
        for (Iterator<Issue> issues = report.getIssues(1000); issues.hasNext(); ) {
            Issue issue = issues.next();
            tell("issue", issue.getLevel() + " " + issue.getMessage());
        }
    }

    private static void tell(GraphModel model) {
        Graph graph = model.getGraph();
        Map<String, Integer> kinds = new TreeMap<>();
        Stream.of(graph.getEdges().toArray()).forEach(edge -> kinds.merge("" + edge.getTypeLabel(), 1, Integer::sum));
        tell("nodes", graph.getNodeCount());
        tell("edges", graph.getEdgeCount());
        tell("directed", Stream.of(graph.getEdges().toArray()).filter(Edge::isDirected).count());
        kinds.forEach((kind, count) -> tell("kind " + kind, count));
        for (Column column : model.getNodeTable()) tell("node column", told(column));
        for (Column column : model.getEdgeTable()) tell("edge column", told(column));
        Interval bounds = model.getTimeBounds();
        tell("time", model.getTimeFormat() + " " + model.getConfiguration().getTimeRepresentation());
        tell("bounds", day(bounds.getLow()) + " " + day(bounds.getHigh()));
        Comparator<Element> byId = Comparator.comparing(element -> element.getId().toString());
        Stream.of(graph.getNodes().toArray()).sorted(byId).limit(50).forEach(GephiImport::tell);
        Stream.of(graph.getEdges().toArray()).sorted(byId).limit(50).forEach(GephiImport::tell);
    }

    private static void tell(Node node) {
        String looks = String.format(Locale.ROOT, "#%06x %.2f %.1f %.1f", node.getRGBA() & 0xffffff, node.size(), node.x(), node.y());
        tell("node " + node.getId() + " looks", looks);
        tell("node " + node.getId(), (Element) node);
    }

    private static void tell(Edge edge) {
        tell("edge " + edge.getLabel(), (Element) edge);
    }

    private static void tell(String name, Element element) {
        for (Column column : element.getAttributeColumns()) {
            Object value = element.getAttribute(column);
            if (value instanceof Object[] list) value = Arrays.toString(list);
            if (value != null) tell(name + " " + column.getId(), value);
        }
    }

    private static String told(Column column) {
        return column.getId() + " " + column.getTypeClass().getSimpleName();
    }

    private static String day(double timestamp) {
        return AttributeUtils.printTimestampInFormat(timestamp, org.gephi.graph.api.TimeFormat.DATE);
    }

    private static void tell(String name, Object value) {
        System.out.println((name + "\t" + value).replace("\n", "\\n"));
    }
}
