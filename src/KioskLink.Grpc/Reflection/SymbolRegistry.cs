using Google.Protobuf.Reflection;

namespace Grpc.Reflection;

/// <summary>Finds proto files by their names and by what they declare; immutable.</summary>
internal sealed class SymbolRegistry
{
    private readonly Dictionary<string, FileDescriptor> _files = [];
    private readonly Dictionary<string, FileDescriptor> _symbols = [];

    private SymbolRegistry()
    {
    }

    internal static SymbolRegistry FromFiles(IEnumerable<FileDescriptor> files)
    {
        var registry = new SymbolRegistry();
        foreach (var file in files.SelectMany(WithDependencies))
            registry.Add(file);
        return registry;
    }

    /// <summary>The file and every file it imports, directly or not, each once.</summary>
    internal static IEnumerable<FileDescriptor> WithDependencies(FileDescriptor file) =>
        file.Dependencies.SelectMany(WithDependencies).Prepend(file).DistinctBy(needed => needed.Name);

    internal FileDescriptor? FileByName(string name) => _files.GetValueOrDefault(name);

    /// <summary>The file that declares a service, method, message, enum, enum value or field.</summary>
    internal FileDescriptor? FileContaining(string fullName) => _symbols.GetValueOrDefault(fullName);

    private void Add(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
            return;
        foreach (var service in file.Services)
            AddAll([service, .. service.Methods]);
        foreach (var message in file.MessageTypes)
            Add(message);
        foreach (var type in file.EnumTypes)
            AddAll([type, .. type.Values]);
    }

    private void Add(MessageDescriptor message)
    {
        AddAll([message, .. message.Fields.InDeclarationOrder()]);
        foreach (var nested in message.NestedTypes)
            Add(nested);
        foreach (var type in message.EnumTypes)
            AddAll([type, .. type.Values]);
    }

    private void AddAll(IEnumerable<IDescriptor> descriptors)
    {
        foreach (var descriptor in descriptors)
            _symbols[descriptor.FullName] = descriptor.File;
    }
}
