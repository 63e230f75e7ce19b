using KioskLink.Demo.Setup;
using KioskLink.Testing;

namespace KioskLink.Demo.Tests;

public sealed class DemoFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void A_folder_belongs_to_one_demo_at_a_time()
    {
        using (new DemoFolder(_folder["demo"]))
        {
            var refused = Assert.Throws<IOException>(() => new DemoFolder(_folder["demo"]));
            Assert.Equal($"{_folder["demo"]} is in use by another demo: stop that one, or name another folder with --data.", refused.Message);
        }
        new DemoFolder(_folder["demo"]).Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named_with_the_mend()
    {
        var refused = Assert.Throws<IOException>(() => new DemoFolder(_folder.Write("file", "")));
        Assert.StartsWith($"{_folder["file"]} cannot be written", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("name another folder with --data.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_demo_left_is_removed_by_the_next_and_a_running_ones_folder_is_not()
    {
        var (killed, running) = (TemporaryFolder.Make(_folder.Path), TemporaryFolder.Make(_folder.Path));
        new DemoFolder(killed).Dispose();
        using var held = new DemoFolder(running);

        var next = TemporaryFolder.Make(_folder.Path);

        Assert.Equal(new[] { running, next }.Order(), Directory.GetDirectories(_folder.Path).Order());
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
