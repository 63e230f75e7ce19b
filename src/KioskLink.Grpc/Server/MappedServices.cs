using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>The services mapped so far, for reflection and for the answers to unknown paths.</summary>
internal sealed class MappedServices
{
    private readonly List<Type> _types = [];
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The types that implement the services.</summary>
    internal IReadOnlyList<Type> Types => _types;

    /// <summary>The full names of the services, sorted.</summary>
    internal IReadOnlyCollection<string> Names => _names;

    /// <summary>Whether the answer to unknown services is mapped.</summary>
    internal bool AnswersUnknownServices { get; set; }

    internal void Add(Type type, IEnumerable<IMethod> methods)
    {
        _types.Add(type);
        _names.UnionWith(methods.Select(method => method.ServiceName));
    }
}
