using KioskLink.Node.Hosting;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Hosting;

public class DataFolderTests
{
    [Fact]
    public void A_second_node_on_the_same_folder_is_told_so()
    {
        using var folder = new TempFolder();
        using var first = DataFolder.Take(folder.Path);

        var problem = Assert.Throws<StartProblem>(() => DataFolder.Take(folder.Path));

        Assert.Contains("Another node already uses", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_not_another_node()
    {
        using var folder = new TempFolder();
        folder.Write("data", "a file");

        var problem = Assert.Throws<StartProblem>(() => DataFolder.Take(folder["data"]));

        Assert.Contains("cannot be used", problem.Message, StringComparison.Ordinal);
    }
}
