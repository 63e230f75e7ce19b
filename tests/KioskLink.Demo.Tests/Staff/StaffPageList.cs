using System.Text.RegularExpressions;
using KioskLink.Testing;

namespace KioskLink.Demo.Tests.Staff;

/// <summary>Every page of the node for staff, by the component that draws it.</summary>
internal static class StaffPageList
{
    /// <summary>Those that one comes to by their address; a component that draws several stands with each.</summary>
    public static IReadOnlyList<(string Component, string Path)> All { get; } =
    [
        ("OverviewPage", "/technician"),
        ("DoctorPage", "/technician/doctor"),
        ("DevicePage", "/technician/devices/front-reader"),
        ("DoorTestPage", "/technician/doors/front"),
        ("LinePage", "/technician/lines/bus0"),
        ("TestPage", "/technician/test"),
        ("DeskPage", "/desk"),
        ("DeskPage", "/desk/loan"),
        ("DeskPage", "/desk/return"),
        ("DeskPage", "/desk/renewal"),
        ("DeskPage", "/desk/hold"),
    ];

    /// <summary>What nobody may see without a session, beside the pages.</summary>
    public static IReadOnlyList<string> Behind { get; } =
        ["/desk/live", "/technician/live", "/technician/test/live", "/technician/lines/bus0/live", "/technician/lines/bus0/trace.osdpcap"];
}

/// <summary>The tests of looks see every page that there is.</summary>
public sealed partial class StaffPageListTests
{
    [Fact]
    public void Every_page_of_the_node_for_staff_stands_in_the_list()
    {
        var drawn = Directory.EnumerateFiles(Path.Combine(SolutionRoot.Path, "src/KioskLink.Node"), "*.razor", SearchOption.AllDirectories)
            .Where(file => Frame().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetFileNameWithoutExtension(file));

        Assert.Equal(drawn.Order(), StaffPageList.All.Select(page => page.Component).Distinct().Append("SignInPage").Order());
    }

    [GeneratedRegex("^<StaffFrame ", RegexOptions.Multiline)]
    private static partial Regex Frame();
}
