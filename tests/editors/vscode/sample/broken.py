import bioql

print(bioql.quantum
