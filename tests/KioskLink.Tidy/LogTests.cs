using System.Text.RegularExpressions;
using KioskLink.Tidy.Reading;

namespace KioskLink.Tidy;

/// <summary>An event id names one line of one program, so that operators can search and alarm by it.</summary>
public sealed class LogTests
{
    [Fact]
    public void No_two_lines_of_a_project_have_the_same_event_id() => Rule.Holds(
        repository =>
            from line in Lines(repository)
            group line by (line.Project, line.Id) into same
            where same.Count() > 1
            select $"src/{same.Key.Project}: the event id {same.Key.Id} stands for {same.Count()} lines; give each its own.",
        new Breach("src/A/Log.cs", "[LoggerMessage(1, LogLevel.Error, \"a\")]\n[LoggerMessage(1, LogLevel.Error, \"b\")]"),
        new Breach(("src/A/Log.cs", "[LoggerMessage(7, LogLevel.Error, \"a\")]"), ("src/A/Doors/Log.cs", "[LoggerMessage(EventId = 7, Level = LogLevel.Error, Message = \"b\")]")));

    [Fact]
    public void Lines_with_event_ids_of_a_project_stand_in_one_file() => Rule.Holds(
        repository =>
            from line in Lines(repository)
            group line.Path by line.Project into files
            where files.Distinct().Count() > 1
            select $"src/{files.Key} keeps log lines in {string.Join(", ", files.Distinct())}: put them into one Log.cs.",
        new Breach(("src/A/Log.cs", "[LoggerMessage(1, LogLevel.Error, \"a\")]"), ("src/A/Doors/Door.cs", "[LoggerMessage(2, LogLevel.Error, \"b\")]")));

    private static IEnumerable<(string Project, string Path, string Id)> Lines(Repository repository) =>
        from file in repository.Under("src", ".cs")
        from Match match in Regex.Matches(CSharpText.CodeOf(file.Text), @"\[LoggerMessage\(\s*(?:EventId\s*=\s*)?(\d+)")
        select (file.Path.Split('/')[1], file.Path, match.Groups[1].Value);
}
